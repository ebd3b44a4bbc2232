// Observer runs a program and says how it ended, with all 32 bits of its exit
// status, of which Unix sees eight.
//
//	observer [-press c|break] PROGRAM ARGUMENTS…
//
// With -press it presses Ctrl-C or Ctrl-Break once the program has said "ready".
// The first goes to all programs of the console, as if typed; the second to the
// program and what it has started, since Wine knows no other.
package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"golang.org/x/sys/windows"
)

func main() {
	args := os.Args[1:]
	key := ""
	if args[0] == "-press" {
		key, args = args[1], args[2:]
	}
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stderr = os.Stdin, os.Stderr
	if key == "break" {
		cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_NEW_PROCESS_GROUP}
	}
	out, err := cmd.StdoutPipe()
	check(err)
	check(cmd.Start())
	for lines := bufio.NewScanner(out); lines.Scan(); {
		fmt.Println(lines.Text())
		if lines.Text() == "ready" && key != "" {
			check(press(key, cmd.Process.Pid))
		}
	}
	_ = cmd.Wait()
	fmt.Printf("ended with %#x\n", uint32(cmd.ProcessState.ExitCode()))
}

func press(key string, group int) error {
	if key == "break" {
		return windows.GenerateConsoleCtrlEvent(windows.CTRL_BREAK_EVENT, uint32(group))
	}
	return windows.GenerateConsoleCtrlEvent(windows.CTRL_C_EVENT, 0)
}

func check(err error) {
	if err != nil {
		fmt.Println("observer:", err)
		os.Exit(1)
	}
}
