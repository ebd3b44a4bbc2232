//go:build unix

package terminal

import (
	"strconv"

	"golang.org/x/sys/unix"
)

// Name tells terminals apart, "" where that is not known. On Unix it is the session, which has one terminal at most
// (credentials(7)).
func Name() string {
	session, err := unix.Getsid(0)
	if err != nil {
		return ""
	}
	return strconv.Itoa(session)
}
