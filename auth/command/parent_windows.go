package command

import (
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

// parentProgram is the name of the program that has started us, "" where it
// cannot be learned: only a list of all processes tells it.
func parentProgram() string {
	all, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPPROCESS, 0)
	if err != nil {
		return ""
	}
	defer windows.CloseHandle(all)
	parent := uint32(os.Getppid())
	entry := windows.ProcessEntry32{Size: uint32(unsafe.Sizeof(windows.ProcessEntry32{}))}
	for err = windows.Process32First(all, &entry); err == nil; err = windows.Process32Next(all, &entry) {
		if entry.ProcessID == parent {
			return windows.UTF16ToString(entry.ExeFile[:])
		}
	}
	return ""
}
