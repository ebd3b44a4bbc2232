// Package build tells which build of bbgit this is. All it knows comes from what
// the Go linker has written into the program; there is no number to forget in
// the source.
package build

import (
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"bbgit/auth/pattern"
)

// Info describes a build.
type Info struct {
	Version  string    // a semantic version (semver.org) without "v", see Version
	Commit   string    // the full name of the commit; "" if it was built outside a repository
	Time     time.Time // when that was committed; zero like Commit
	Modified bool      // files differed from the commit
	Go       string    // the version of Go, such as "go1.26.0"
	System   string    // what it was built for, such as "linux/amd64"
}

// Read is the build that runs.
func Read() Info {
	info, ok := debug.ReadBuildInfo()
	if !ok { // not built from modules
		info = &debug.BuildInfo{GoVersion: runtime.Version()}
	}
	return Of(info)
}

// Version is "0.1.0" for a build of the commit that is tagged v0.1.0. Behind a tag
// it is what comes next and the commit, "0.1.1-devel+0123456789ab"; where there is
// no tag, "0.0.0-devel+0123456789ab"; outside a repository, "0.0.0-devel". A build
// with changes that are in no commit ends with "dirty".
func Version() string { return Read().Version }

// Of is the build of a program that may be another one (package debug/buildinfo
// reads it from its file).
func Of(info *debug.BuildInfo) Info {
	build := Info{Version: version(info.Main.Version), Go: info.GoVersion}
	os, arch := runtime.GOOS, runtime.GOARCH
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			build.Commit = setting.Value
		case "vcs.time":
			build.Time, _ = time.Parse(time.RFC3339, setting.Value) // zero if it is none
		case "vcs.modified":
			build.Modified = setting.Value == "true"
		case "GOOS":
			os = setting.Value
		case "GOARCH":
			arch = setting.Value
		}
	}
	build.System = os + "/" + arch
	return build
}

// pseudo is how Go names a commit without a tag of its own, by the tag before it
// and its time (go.dev/ref/mod#pseudo-versions).
var pseudo = pattern.New(`(-0\.|-|\.0\.)\d{14}-([0-9a-f]{12})`)

// version makes a semantic version of a module's version as Go has it.
func version(module string) string {
	number, ok := strings.CutPrefix(module, "v")
	if !ok { // "(devel)", or nothing
		return "0.0.0-devel"
	}
	at := pseudo.FindStringSubmatchIndex(number)
	if at == nil {
		return number
	}
	base, separator, commit, rest := number[:at[0]], number[at[0]:at[0]+1], number[at[4]:at[5]], number[at[1]:]
	return base + separator + "devel+" + commit + strings.Replace(rest, "+", ".", 1)
}
