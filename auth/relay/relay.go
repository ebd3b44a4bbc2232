// Package relay carries the requests of the helpers that git starts to the one
// bbgit that knows this run: git starts a new helper for each question, often
// several at once, and only a process that lives as long as the run can remember
// what was asked, given and refused without writing secrets to a file.
//
// What they speak through is a Unix socket in a private folder (door_unix.go),
// and on Windows a named pipe that a file in that folder names (door_windows.go).
package relay

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"bbgit/auth/credential"
)

// doorName is the file by which helpers find us. It is short: a socket's path has
// room for 104 bytes on macOS and 108 on Linux (unix(7)), and TMPDIR takes half of
// them on macOS.
const doorName = "s"

// dialTime bounds connecting. The other end is a process of the same person on
// the same machine that does nothing but wait for us.
const dialTime = 5 * time.Second

// requestTime bounds reading a request.
const requestTime = 5 * time.Second

// maxRequest bounds a request, in bytes. Beside git's message it holds the git
// variables of the helper's environment; a process has 2 MiB for all of its
// environment on most systems.
const maxRequest = 4 << 20

// Handler answers one request. Operation is what git said to the helper ("get",
// "store", "erase"), or a word of our own.
type Handler func(operation string, request credential.Message) credential.Message

// Server listens for helpers until Close.
type Server struct {
	address  string
	listener net.Listener
	handle   Handler
	pending  sync.WaitGroup // accept, and the requests that it began
}

// Listen opens a door in dir, which must be private (0700): whoever reaches the
// door can ask for the token, just as whoever runs bbgit can.
func Listen(dir string, handle Handler) (*Server, error) {
	address := filepath.Join(dir, doorName)
	listener, err := open(address)
	if err != nil {
		return nil, fmt.Errorf("opening the helpers' socket: %w", err)
	}
	s := &Server{address: address, listener: listener, handle: handle}
	s.pending.Go(s.accept)
	return s, nil
}

// Address is what Ask needs to reach this server: a file in the folder that
// Listen was given.
func (s *Server) Address() string { return s.address }

// Close stops listening and waits for the requests under way. Whoever handles
// them must have been told to stop before.
func (s *Server) Close() error {
	err := s.listener.Close()
	s.pending.Wait()
	return err
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			// Out of file descriptors, most likely: the helper that is not
			// answered falls back on its own, and the next one may be luckier.
			time.Sleep(10 * time.Millisecond)
			continue
		}
		s.pending.Go(func() {
			defer conn.Close()
			s.serve(conn)
		})
	}
}

// serve answers one helper. The first line is the operation.
func (s *Server) serve(conn net.Conn) {
	// A request is one write of a process that is there. Whoever connects and
	// says nothing must not keep bbgit from ending.
	_ = conn.SetReadDeadline(time.Now().Add(requestTime))
	r := bufio.NewReader(io.LimitReader(conn, maxRequest))
	operation, err := r.ReadString('\n')
	if err != nil {
		return
	}
	request, err := credential.ReadUpTo(r, maxRequest)
	if err != nil {
		return
	}
	answer, err := s.handle(strings.TrimSuffix(operation, "\n"), request).Bytes()
	if err != nil {
		return
	}
	// "ok" tells an empty answer from a server that went away.
	_, _ = conn.Write(append([]byte("ok\n"), answer...))
}

var (
	// ErrNobody says that no bbgit listens at an address.
	ErrNobody = errors.New("no bbgit answers")
	// ErrGone says that a bbgit took the request and went away without an answer.
	ErrGone = errors.New("the bbgit that was asked is gone")
)

// Ask sends one request and waits for the answer as long as ctx allows: a
// question to a person may stand behind it.
func Ask(ctx context.Context, address, operation string, request credential.Message) (credential.Message, error) {
	text, err := request.Bytes()
	if err != nil {
		return nil, err
	}
	conn, err := knock(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNobody, err)
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	if _, err := fmt.Fprintf(conn, "%s\n%s\n", operation, text); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrGone, err)
	}
	r := bufio.NewReader(conn)
	if first, err := r.ReadString('\n'); err != nil || first != "ok\n" {
		return nil, errors.Join(ErrGone, ctx.Err())
	}
	return credential.Read(r)
}

// knock reaches whoever listens at an address.
func knock(ctx context.Context, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	return dial(ctx, address)
}

// Folder makes a private folder for one run: in XDG_RUNTIME_DIR, which is
// memory and the person's own, or else where temporary files go.
func Folder() (string, error) {
	err := errors.New("no folder for the helpers' socket")
	for _, base := range []string{os.Getenv("XDG_RUNTIME_DIR"), os.TempDir(), "/tmp"} {
		if !filepath.IsAbs(base) || len(base) > longestBase {
			continue
		}
		dir, mkdirErr := os.MkdirTemp(base, prefix)
		if mkdirErr == nil {
			return dir, nil
		}
		err = mkdirErr
	}
	return "", err
}

const prefix = "bbgit-"

// longestBase leaves room in a socket's path for "/bbgit-", ten digits and "/s".
const longestBase = 104 - 1 - len("/"+prefix+"0123456789/"+doorName)

// Sweep removes what runs that were killed have left beside the folder of this
// one. A folder with a door behind which nobody is, is dead, unless it was made
// just now, and somebody is on the way to the door: what is in there may
// tell the URLs of requests. Only the person's own folders are looked at: in /tmp
// there may be those of others.
func Sweep(folder string) {
	beside, err := filepath.Glob(filepath.Join(filepath.Dir(folder), prefix+"*"))
	if err != nil {
		return
	}
	for _, dir := range beside {
		if dir == folder || !isOwn(dir) || isYoung(dir) {
			continue
		}
		conn, err := knock(context.Background(), filepath.Join(dir, doorName))
		if err == nil {
			conn.Close()
		} else if errors.Is(err, errDead) {
			_ = os.RemoveAll(dir)
		}
	}
}

// youth is how long a run has for opening its door.
const youth = time.Minute

func isYoung(dir string) bool {
	info, err := os.Lstat(dir)
	return err == nil && time.Since(info.ModTime()) < youth
}
