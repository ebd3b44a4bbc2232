package relay

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/Microsoft/go-winio"
	"golang.org/x/sys/windows"
)

// leaveDoor ends a server as the end of its process does: the file that names the pipe stays.
func leaveDoor(t *testing.T, server *Server) {
	t.Helper()
	name, err := os.ReadFile(server.Address())
	if err != nil {
		t.Fatal(err)
	}
	server.Close()
	if err := os.WriteFile(server.Address(), name, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestPipeIsPrivate: the pipe is the person's, and the list of those who may open it has one entry, the person.
func TestPipeIsPrivate(t *testing.T) {
	t.Parallel()
	server, err := Listen(shortDir(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	conn, err := knock(t.Context(), server.Address())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	pipe := windows.Handle(conn.(interface{ Fd() uintptr }).Fd())
	const wanted = windows.OWNER_SECURITY_INFORMATION | windows.DACL_SECURITY_INFORMATION
	descriptor, err := windows.GetSecurityInfo(pipe, windows.SE_KERNEL_OBJECT, wanted)
	if err != nil {
		t.Fatal(err)
	}
	person, err := me()
	if err != nil {
		t.Fatal(err)
	}
	all := regexp.MustCompile(`^O:` + person.String() + `D:P\(A;;(GA|FA);;;` + person.String() + `\)$`)
	if !all.MatchString(descriptor.String()) {
		t.Errorf("the pipe is guarded by %v", descriptor)
	}
}

// TestPipeOfAnother: a helper says nothing to a pipe that belongs to somebody else. Where the tests run with all rights,
// such as under Wine, the owner can be anybody.
func TestPipeOfAnother(t *testing.T) {
	t.Parallel()
	const name = pipes + "of-another"
	pipe, err := winio.ListenPipe(name, &winio.PipeConfig{SecurityDescriptor: "O:BAD:P(A;;GA;;;WD)"})
	if err != nil {
		t.Skip("only an administrator can give it away: ", err)
	}
	defer pipe.Close()
	callOnce(name)
	go pipe.Accept()
	file := filepath.Join(shortDir(t), doorName)
	if err := os.WriteFile(file, []byte(name), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Ask(t.Context(), file, "store", nil); !errors.Is(err, errOther) {
		t.Errorf("got %v, want %v", err, errOther)
	}
}
