//go:build !linux

package stage

type process struct {
	pid                  int
	name                 string
	arguments, variables []byte
}

// processes finds none: only Linux shows the environment of a process in a simple way.
func (w *World) processes(strangers) []process { return nil }

func strangersNow() strangers { return nil }
