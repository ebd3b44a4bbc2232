package relay

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"

	"github.com/Microsoft/go-winio"
	"golang.org/x/sys/windows"
)

// Windows has Unix sockets since its version 1803 of 2018, and Wine has none.
// Named pipes are everywhere, and are guarded by an access list of their own:
// only the person who runs bbgit may open this one. It is the first of its name
// or none at all, and takes no caller from the network; go-winio sees to both.

// pipes is where Windows keeps named pipes. Everybody can list it: the name of
// a pipe is no secret.
const pipes = `\\.\pipe\bbgit-`

var (
	// errDead: the file that names a pipe is there, and the pipe is not.
	errDead = errors.New("nobody listens")
	// errOther: another person has a pipe of that name.
	errOther = errors.New("the helpers' pipe is somebody else's")
)

// isOwn: the folder for temporary files is the person's own here.
func isOwn(string) bool { return true }

// door is a pipe and the file that names it.
type door struct {
	net.Listener
	file string
}

func open(file string) (net.Listener, error) {
	owner, err := me()
	if err != nil {
		return nil, err
	}
	name := pipes + rand.Text()
	pipe, err := winio.ListenPipe(name, &winio.PipeConfig{
		// Owner; protected from what is inherited; all rights for the owner.
		SecurityDescriptor: fmt.Sprintf("O:%[1]sD:P(A;;GA;;;%[1]s)", owner),
	})
	if err != nil {
		return nil, err
	}
	callOnce(name)
	if err := os.WriteFile(file, []byte(name), 0o600); err != nil {
		pipe.Close()
		return nil, err
	}
	return door{pipe, file}, nil
}

// callOnce calls at a pipe that nobody serves yet. Windows refuses that. Wine lets
// the first caller in at the instance that go-winio keeps to have the name, where
// nobody will ever answer: there it is us, and not a helper.
func callOnce(name string) {
	text, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return
	}
	const access = windows.GENERIC_READ | windows.GENERIC_WRITE
	if pipe, err := windows.CreateFile(text, access, 0, nil, windows.OPEN_EXISTING, 0, 0); err == nil {
		windows.CloseHandle(pipe)
	}
}

func (d door) Close() error { return errors.Join(os.Remove(d.file), d.Listener.Close()) }

// dial refuses a pipe that is another person's: after the end of the bbgit that
// had it, its name is free for everybody, and a helper's request can hold a
// password.
func dial(ctx context.Context, file string) (net.Conn, error) {
	name, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	conn, err := winio.DialPipeContext(ctx, string(name))
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, errDead
	case err != nil:
		return nil, err
	case !isMine(conn):
		conn.Close()
		return nil, errOther
	}
	return conn, nil
}

func isMine(conn net.Conn) bool {
	pipe, ok := conn.(interface{ Fd() uintptr })
	if !ok {
		return false
	}
	descriptor, err := windows.GetSecurityInfo(windows.Handle(pipe.Fd()), windows.SE_KERNEL_OBJECT, windows.OWNER_SECURITY_INFORMATION)
	if err != nil {
		return false
	}
	owner, _, err := descriptor.Owner()
	if err != nil {
		return false
	}
	mine, err := me()
	return err == nil && owner.Equals(mine)
}

// me is the person that this process runs for. An elevated process is the same
// person's, although what it creates belongs to the administrators by default.
func me() (*windows.SID, error) {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return nil, err
	}
	return user.User.Sid, nil
}
