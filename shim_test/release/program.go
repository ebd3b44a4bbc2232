package main

import (
	"debug/buildinfo"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"bbgit/auth/build"
)

// program is bbgit built for one system.
type program struct {
	os, arch string
	path     string
	info     build.Info
	modules  []*debug.Module // what is linked in

	licences []byte
	sbom     []byte
}

var targets = []struct{ os, arch string }{
	{"linux", "amd64"}, {"linux", "arm64"},
	{"darwin", "amd64"}, {"darwin", "arm64"},
	{"windows", "amd64"}, {"windows", "arm64"},
}

// sizeLimit is how big a program may be, in bytes.
const sizeLimit = 8_000_000

// buildAll builds for all systems, or for those that are asked for.
func buildAll(work string, o options) ([]*program, error) {
	var programs []*program
	only := strings.FieldsFunc(o.only, func(r rune) bool { return r == ',' })
	for _, target := range targets {
		if len(only) > 0 && !slices.Contains(only, target.os+"/"+target.arch) {
			continue
		}
		p := &program{os: target.os, arch: target.arch}
		p.path = filepath.Join(work, p.os+"-"+p.arch, p.file())
		if err := p.build(o.cache); err != nil {
			return nil, fmt.Errorf("%s/%s: %w", p.os, p.arch, err)
		}
		programs = append(programs, p)
	}
	if len(programs) == 0 || len(only) > 0 && len(only) != len(programs) {
		return nil, fmt.Errorf("-only %s: it takes some of %v", o.only, targets)
	}
	return programs, nil
}

func (p *program) file() string {
	if p.os == "windows" {
		return "bbgit.exe"
	}
	return "bbgit"
}

// build compiles p, whatever the environment says of flags: static, without the
// paths of this machine, without the tables for debuggers, with the version.
func (p *program) build(cache string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=true", "-tags=", "-ldflags=-s -w", "-o", p.path, "bbgit")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+p.os, "GOARCH="+p.arch, "GOAMD64=v1", "GOARM64=v8.0", "GOEXPERIMENT=", "GOFIPS140=off")
	if cache != "" {
		cmd.Env = append(cmd.Env, "GOCACHE="+cache)
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	file, err := os.Stat(p.path)
	if err != nil {
		return err
	}
	if file.Size() > sizeLimit {
		return fmt.Errorf("%d bytes are more than %d", file.Size(), sizeLimit)
	}
	info, err := buildinfo.ReadFile(p.path)
	if err != nil {
		return err
	}
	p.info, p.modules = build.Of(info), info.Deps
	if p.info.Commit == "" {
		return fmt.Errorf("it does not tell its commit: this is no clone of the repository")
	}
	return nil
}

// describe adds what stands beside the program for those who ask what is in it.
func (p *program) describe() error {
	parts, err := partsOf(p.info.Go, p.modules)
	if err != nil {
		return err
	}
	sum, err := checksum(p.path)
	if err != nil {
		return err
	}
	p.licences = thirdParty(parts)
	p.sbom, err = sbom(p.info, sum, parts)
	return err
}

// run is the output of a program that says why on stderr when it fails.
func run(cmd *exec.Cmd) ([]byte, error) {
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", filepath.Base(cmd.Path), err, stderr.String())
	}
	return out, nil
}
