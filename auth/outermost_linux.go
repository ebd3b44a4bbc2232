package auth

import (
	"os"
	"strconv"
	"strings"
)

// lookAt reads /proc/PID/stat (proc(5)). The name stands in brackets, and may hold
// any character itself.
func lookAt(pid int) (p process, ok bool) {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return process{}, false
	}
	_, rest, _ := strings.Cut(string(text), "(")
	end := strings.LastIndex(rest, ")")
	if end < 0 {
		return process{}, false
	}
	const parent, started = 1, 19 // fields 4 and 22, counted from the one behind the name
	fields := strings.Fields(rest[end+1:])
	if len(fields) <= started {
		return process{}, false
	}
	p = process{name: rest[:end], started: fields[started]}
	p.parent, err = strconv.Atoi(fields[parent])
	return p, err == nil
}
