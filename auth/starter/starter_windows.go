package starter

import (
	"context"
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

// watchReader: sh stands between git and us.
func watchReader(ctx context.Context, gone func()) {
	out := windows.Handle(os.Stdout.Fd())
	if _, ok := pipeState(out); ok {
		go ask(ctx, func() bool { return readerHasGone(out) }, gone)
	}
}

func readerHasGone(pipe windows.Handle) bool {
	state, ok := pipeState(pipe)
	return ok && state == pipeIsClosing
}

// pipeIsClosing is FILE_PIPE_CLOSING_STATE: the other end has been closed.
const pipeIsClosing = 4

// pipeState asks for FILE_PIPE_LOCAL_INFORMATION
// (https://learn.microsoft.com/windows-hardware/drivers/ddi/ntifs/ns-ntifs-_file_pipe_local_information).
// To write nothing and see whether that fails would not do: git would read it as
// the end.
func pipeState(pipe windows.Handle) (state uint32, ok bool) {
	const filePipeLocalInformation = 24
	var info struct {
		kind, configuration, maximum, current, inbound, readable, outbound, writable, state, end uint32
	}
	var status windows.IO_STATUS_BLOCK
	err := windows.NtQueryInformationFile(pipe, &status, (*byte)(unsafe.Pointer(&info)), uint32(unsafe.Sizeof(info)), filePipeLocalInformation)
	return info.state, err == nil
}

// watchParent: an orphan keeps the number of its parent, which another process
// can get. The parent is held, so that this cannot happen from now on.
func watchParent(ctx context.Context, gone func()) {
	parent, err := windows.OpenProcess(windows.SYNCHRONIZE|windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(os.Getppid()))
	if err != nil {
		return // it is gone already, or another person's; the reader tells enough
	}
	if !isOlder(parent, windows.CurrentProcess()) {
		windows.CloseHandle(parent)
		return
	}
	go func() {
		defer windows.CloseHandle(parent)
		ask(ctx, func() bool { return hasEnded(parent) }, gone)
	}()
}

func isOlder(process, other windows.Handle) bool {
	a, ok := startOf(process)
	b, ok2 := startOf(other)
	return ok && ok2 && a <= b
}

func startOf(process windows.Handle) (nanoseconds int64, ok bool) {
	var start, exit, kernel, user windows.Filetime
	err := windows.GetProcessTimes(process, &start, &exit, &kernel, &user)
	return start.Nanoseconds(), err == nil
}

func hasEnded(process windows.Handle) bool {
	event, err := windows.WaitForSingleObject(process, 0)
	return err == nil && event == windows.WAIT_OBJECT_0
}
