package handover

import (
	"slices"
	"strings"
)

// programNames returns the file names of a program on Windows, in the order in
// which Windows itself tries them (PATHEXT).
//
// Only programs count. Windows would take a batch file as well (git.cmd), and
// hand its arguments to cmd.exe, which reads %, & and ^ in them as its own: a
// commit message could start a program. Such a file is a detour to a git.exe,
// which stands further along in PATH; or it is one to us.
func programNames(program, pathext string) []string {
	var names []string
	for extension := range strings.SplitSeq(strings.ToLower(pathext), ";") {
		if slices.Contains(programExtensions, extension) {
			names = append(names, program+extension)
		}
	}
	if names == nil {
		return programNames(program, strings.Join(programExtensions, ";"))
	}
	return names
}

// programExtensions are those that CreateProcess starts by itself.
var programExtensions = []string{".com", ".exe"}
