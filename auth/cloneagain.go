package auth

import (
	"slices"
	"strings"
)

// A clone that was refused is gone, folder and all. One whose submodules, or
// files of git-lfs, were refused is there, and complete but for those: then a
// second clone would find its folder taken.

// Git checks no submodule out before all are there, and later passes over those
// that already are at the right commit, with an empty working tree. "--force" is
// for them; in a fresh clone there is nothing that it could throw away.

// cloneDied is git's exit status where a clone fails at more than a submodule. A
// repository that is there all the same lacks its checkout.
const cloneDied = 128

// againClone completes a clone, or repeats it.
func againClone(c, plain Command, now circumstances) repetition {
	line := readClone(plain.rest())
	if line.folder == "" || !now.isClone(line.folder) {
		return repetition{command: c}
	}
	var missing []Command
	if now.code == cloneDied {
		missing = append(missing, plain.inside(line.folder, "checkout", "-f", "HEAD"))
	}
	if line.recursive {
		update := append([]string{"submodule", "update", "--init", "--recursive", "--force"}, line.forSubmodules...)
		missing = append(missing, plain.inside(line.folder, update...))
	}
	if len(missing) == 0 {
		return repetition{command: c}
	}
	return repetition{command: missing[0], later: missing[1:], completes: true}
}

// cloneLine is what the command line of a clone says.
type cloneLine struct {
	folder        string
	recursive     bool
	forSubmodules []string // options that clone itself hands on to "submodule update"
}

// takesWord are the options of clone (git 2.55) that are followed by a word of
// their own.
var takesWord = []string{
	"-b", "--branch", "-c", "--config", "-o", "--origin", "-u", "--upload-pack", "-j", "--jobs",
	"--bundle-uri", "--depth", "--filter", "--ref-format", "--reference", "--reference-if-able", "--revision",
	"--separate-git-dir", "--server-option", "--shallow-exclude", "--shallow-since", "--template",
}

func readClone(rest []string) cloneLine {
	var line cloneLine
	var operands []string
	filter, filters := "", false
	for i := 0; i < len(rest); i++ {
		word := rest[i]
		if word == "--" {
			operands = append(operands, rest[i+1:]...)
			break
		}
		if !strings.HasPrefix(word, "-") {
			operands = append(operands, word)
			continue
		}
		name, value, _ := strings.Cut(word, "=")
		if slices.Contains(takesWord, word) && i+1 < len(rest) {
			i++
			value = rest[i]
		}
		switch {
		case strings.HasPrefix(name, "--recurs"): // --recursive, --recurse-submodules
			line.recursive = true
		case name == "--jobs" || name == "-j":
			line.forSubmodules = append(line.forSubmodules, "--jobs", value)
		case strings.HasPrefix(name, "-j"):
			line.forSubmodules = append(line.forSubmodules, "--jobs", name[len("-j"):])
		case name == "--shallow-submodules":
			line.forSubmodules = append(line.forSubmodules, "--depth", "1")
		case name == "--remote-submodules":
			line.forSubmodules = append(line.forSubmodules, "--remote")
		case name == "--single-branch" || name == "--no-single-branch" || name == "--quiet":
			line.forSubmodules = append(line.forSubmodules, name)
		case name == "-q":
			line.forSubmodules = append(line.forSubmodules, "--quiet")
		case name == "--filter":
			filter = value
		case name == "--also-filter-submodules":
			filters = true
		}
	}
	if filters && filter != "" {
		line.forSubmodules = append(line.forSubmodules, "--filter", filter)
	}
	switch len(operands) {
	case 1:
		line.folder = folderOf(operands[0])
	case 2:
		line.folder = operands[1]
	}
	return line
}

// folderOf is the folder that clone makes for a URL: its last part, without
// ".git" (git-clone(1), <directory>).
func folderOf(url string) string {
	url = strings.TrimRight(url, "/")
	url = strings.TrimSuffix(strings.TrimSuffix(url, "/.git"), ".git")
	return url[strings.LastIndexAny(url, "/:")+1:]
}
