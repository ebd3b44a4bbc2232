package wine

import (
	"strconv"
	"strings"
	"testing"
)

func TestForwards(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	words := []string{"a b", "", `c"d`, `"`, `\\share\x\`, `back\\"slash`, "%PATH%", "^&|<>", "*.go", "ü 日本", "-x", "line\nend"}
	var want strings.Builder
	for _, word := range words {
		want.WriteString(strconv.Quote(word) + "\n")
	}
	// The three ways that commands go: untouched, lent, and with bbgit waiting. Unknown words go the last.
	if got := run(t, p.bbgit([]string{theirs}, append([]string{"show-arguments"}, words...)...)); got.stdout != want.String() || got.code != 0 {
		t.Errorf("arguments: %+v, want %s", got, &want)
	}
	if got := run(t, p.bbgit([]string{theirs}, "version")); !strings.HasPrefix(got.stdout, "git version 2.47.1") {
		t.Errorf("version: %+v", got)
	}
	if got := run(t, p.bbgit([]string{theirs}, "show-variable", "GIT_CONFIG_VALUE_1")); got.stdout != "!'C:/bb/TestForwards/bbgit'\\''s own/bbgit.exe' bitbucket helper\n" {
		t.Errorf("the helper: %+v", got)
	}
}

func TestExitStatus(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for _, code := range []string{"0x0", "0x1", "0x80", "0xff", "0x100", "0x12345678", "0xc000013a", "0xffffffff"} {
		if got := run(t, p.observed("", "exit", code)); got.stdout != "ended with "+code+"\n" || got.stderr != "" {
			t.Errorf("%s: %+v", code, got)
		}
	}
}

// TestFindsGit has other things of that name ahead in PATH.
func TestFindsGit(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.write(t, "@echo the batch file %*\r\n", "shims", "git.cmd")
	p.write(t, "@\""+p.path(ours, "bbgit.exe")+"\" %*\r\n", "to us", "git.bat")
	p.write(t, "WScript.Echo 1", "script", "git.vbs")
	p.put(t, "bbgit.exe", "ourselves", "git.exe")
	const version = "git version 2.47.1"
	for _, c := range []struct {
		name     string
		folders  []string
		variable string
		want     string
		code     int
	}{
		{"a batch file", []string{"shims", "to us", "script", theirs}, "", version, 0},
		{"ourselves", []string{"ourselves", theirs}, "", version, 0},
		{"the current folder", []string{".", "relative", theirs}, "", version, 0},
		{"batch files come first in PATHEXT", []string{"shims", theirs}, "PATHEXT=.CMD;.BAT;.EXE", version, 0},
		{"only a batch file", []string{"shims"}, "", "bbgit: no git in PATH; install git, or set BBGIT_GIT to its absolute path\n" +
			"bbgit: a batch file (git.cmd) does not do: it cannot take every argument\n", 127},
		{"only ourselves", []string{"ourselves"}, "", "bbgit: no git in PATH", 127},
		{"named", nil, "BBGIT_GIT=" + p.path(theirs, "git.exe"), version, 0},
		{"a batch file named", nil, "BBGIT_GIT=" + p.path("shims", "git.cmd"), "bbgit: BBGIT_GIT names a file that cannot be run: " + p.path("shims", "git.cmd"), 127},
		{"ourselves named", nil, "BBGIT_GIT=" + p.path("ourselves", "git.exe"), "bbgit: BBGIT_GIT must name the real git, and names bbgit: ", 127},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			cmd := p.bbgit(c.folders, "version")
			cmd.Env = append(cmd.Env, c.variable)
			if got := run(t, cmd); !strings.HasPrefix(got.stdout+got.stderr, c.want) || got.code != c.code {
				t.Errorf("%+v, want %s", got, c.want)
			}
		})
	}
}
