package realgit

import (
	"os"
	"syscall"
	"testing"
)

// writeScript writes a program to be run. Meanwhile nothing is started, since a
// child forked now would keep the file open for writing, and the kernel would not
// run it (https://go.dev/issue/22315).
func writeScript(t *testing.T, file, text string) {
	t.Helper()
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	if err := os.WriteFile(file, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
}
