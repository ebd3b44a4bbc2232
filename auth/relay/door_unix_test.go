//go:build unix

package relay

import (
	"net"
	"os"
	"path/filepath"
	"testing"
)

// leaveDoor ends a server as kill -9 does: the socket's file stays.
func leaveDoor(t *testing.T, server *Server) {
	t.Helper()
	server.listener.(*net.UnixListener).SetUnlinkOnClose(false)
	server.Close()
}

func TestFolderIsPrivate(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", shortDir(t))
	dir, err := Folder()
	if err != nil {
		t.Fatal(err)
	}
	defer os.Remove(dir)
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("mode %v, %v; want 0700", info.Mode(), err)
	}
	if filepath.Dir(dir) != os.Getenv("XDG_RUNTIME_DIR") {
		t.Errorf("%s is not in XDG_RUNTIME_DIR", dir)
	}
}
