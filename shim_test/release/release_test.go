package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"bbgit/auth/build"
	"bbgit/shim_test/need"
)

var info = build.Of(&debug.BuildInfo{
	Main:     debug.Module{Version: "v0.3.0-rc.1"},
	Settings: []debug.BuildSetting{{Key: "vcs.time", Value: "2026-11-24T10:54:58Z"}, {Key: "vcs.revision", Value: "0123"}},
})

// fake is a program that has been built.
func fake(t *testing.T, os_, arch string) *program {
	t.Helper()
	p := &program{os: os_, arch: arch, info: info, licences: []byte("licences\n"), sbom: []byte("{}\n")}
	p.path = filepath.Join(t.TempDir(), p.file())
	if err := os.WriteFile(p.path, []byte("program"), 0o755); err != nil {
		t.Fatal(err)
	}
	return p
}

var common = files{
	"README.md": []byte("readme\n"), "CHANGELOG.md": []byte("changes\n"), "LICENSE": []byte("MIT\n"), "man/bbgit.1": []byte("page\n"),
	"completions/bbgit.bash": []byte("bash\n"), "completions/_git-bitbucket": []byte("zsh\n"), "completions/bbgit.fish": []byte("fish\n"),
}

// An archive has a program that can be run, all that goes with it, and nothing of
// the place and the time where it was made.
func TestArchives(t *testing.T) {
	t.Parallel()
	for _, system := range []string{"linux", "windows"} {
		var archives [2][]byte
		for i := range archives {
			out := t.TempDir()
			made, err := fake(t, system, "arm64").archive(out, common)
			if err != nil || len(made) != 1 {
				t.Fatal(made, err)
			}
			if archives[i], err = os.ReadFile(filepath.Join(out, made[0])); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(archives[0], archives[1]) {
			t.Errorf("%s: two archives of the same files differ", system)
		}
		modes := unpack(t, system, archives[0])
		program := "bbgit-0.3.0-rc.1-" + system + "-arm64/" + (&program{os: system}).file()
		if modes[program] != "-rwxr-xr-x" || len(modes) != len(common)+3 {
			t.Errorf("%s: %v", system, modes)
		}
	}
}

// unpack tells the modes of the files in an archive.
func unpack(t *testing.T, system string, archive []byte) map[string]string {
	t.Helper()
	modes := make(map[string]string)
	if system == "windows" {
		r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.File {
			modes[f.Name] = f.Mode().String()
		}
		return modes
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	r := tar.NewReader(unzipped)
	for header, err := r.Next(); err == nil; header, err = r.Next() {
		modes[header.Name] = header.FileInfo().Mode().String()
		if !header.ModTime.Equal(info.Time) || header.Uid != 0 || header.Uname != "" {
			t.Errorf("%s: %+v", header.Name, header)
		}
	}
	return modes
}

func TestDebianPackage(t *testing.T) {
	t.Parallel()
	need.Programs(t, "dpkg-deb")
	out := t.TempDir()
	made, err := fake(t, "linux", "arm64").debianPackage(t.TempDir(), options{out: out, maintainer: "A B <a@b.invalid>"}, common)
	if err != nil || len(made) != 1 || made[0] != "bbgit_0.3.0~rc.1_arm64.deb" {
		t.Fatal(made, err)
	}
	list, err := exec.Command("dpkg-deb", "--contents", filepath.Join(out, made[0])).Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`-rwxr-xr-x root/root .* \./usr/bin/bbgit\n`,
		`-rw-r--r-- root/root .* \./usr/share/man/man1/bbgit\.1\.gz\n`,
		`-rw-r--r-- root/root .* \./usr/share/zsh/vendor-completions/_git-bitbucket\n`,
		`-rw-r--r-- root/root .* \./usr/share/doc/bbgit/third-party\.gz\n`,
	} {
		if !regexp.MustCompile(want).Match(list) {
			t.Errorf("no %s in\n%s", want, list)
		}
	}
}

func TestFormulas(t *testing.T) {
	t.Parallel()
	sums := make(map[string]string)
	for i, target := range targets {
		for _, kind := range []string{".tar.gz", ".zip"} {
			sums[name(info, target.os, target.arch)+kind] = fmt.Sprintf("%064d", i)
		}
	}
	o := options{out: t.TempDir(), baseURL: "https://downloads.invalid/bbgit"}
	if err := writeFormulas(o, info, sums); err != nil {
		t.Fatal(err)
	}
	ruby, err := os.ReadFile(filepath.Join(o.out, "bbgit.rb"))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`url "https://downloads\.invalid/bbgit/(.*)"\n\s+sha256 "([0-9]{64})"`).FindAllSubmatch(ruby, -1)
	if len(found) != 4 {
		t.Errorf("%d archives in\n%s", len(found), ruby)
	}
	for _, archive := range found {
		if sums[string(archive[1])] != string(archive[2]) {
			t.Errorf("%s", archive[0])
		}
	}
	var scoop struct {
		Version      string
		Architecture map[string]struct{ URL, Hash, Extract_dir string }
	}
	text, err := os.ReadFile(filepath.Join(o.out, "bbgit.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &scoop); err != nil {
		t.Fatal(err)
	}
	arm := scoop.Architecture["arm64"]
	if scoop.Version != info.Version || arm.Hash != sums[filepath.Base(arm.URL)] || filepath.Base(arm.URL) != arm.Extract_dir+".zip" {
		t.Errorf("%+v", scoop)
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	full := t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "something"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, o := range []options{
		{out: full},
		{out: t.TempDir(), baseURL: "downloads"},
		{out: t.TempDir(), baseURL: "http://downloads.invalid"},
		{out: t.TempDir(), baseURL: `https://downloads.invalid/#{exit}`},
	} {
		if err := o.check(); err == nil {
			t.Errorf("%+v is taken", o)
		}
	}
	if _, err := buildAll(t.TempDir(), options{only: "plan9/amd64"}); err == nil || !strings.Contains(err.Error(), "linux amd64") {
		t.Error(err)
	}
}

func TestParts(t *testing.T) {
	t.Parallel()
	cobra := module(t, "github.com/spf13/cobra")
	parts, err := partsOf("go1.26.0", []*debug.Module{cobra, module(t, "golang.org/x/sys")})
	if err != nil || len(parts) != 3 || parts[0].id != "BSD-3-Clause" || parts[1].id != "Apache-2.0" || parts[2].id != "BSD-3-Clause" {
		t.Fatalf("%v, %+v", err, parts)
	}
	text := string(thirdParty(parts))
	for _, want := range []string{"std 1.26.0: LICENSE\n\nCopyright 2009 The Go Authors", "cobra " + cobra.Version + ": LICENSE.txt\n\n      ", "x/sys " + parts[2].Version + ": PATENTS\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	cobra.Sum = "h1:other"
	if _, err := partsOf("go1.26.0", []*debug.Module{cobra}); err == nil {
		t.Error("a module with another checksum is taken for the linked one")
	}
}

// module is one that go.mod requires, with the checksum of go.sum.
func module(t *testing.T, path string) *debug.Module {
	t.Helper()
	version, err := exec.Command("go", "list", "-m", "-f", "{{.Version}}", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	m := &debug.Module{Path: path, Version: strings.TrimSpace(string(version))}
	sums, err := os.ReadFile(filepath.Join("..", "..", "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(sums), m.Path+" "+m.Version+" ")
	m.Sum, _, _ = strings.Cut(rest, "\n")
	return m
}

func TestLicenceNames(t *testing.T) {
	t.Parallel()
	own, err := os.ReadFile(filepath.Join("..", "..", "LICENSE"))
	if err != nil {
		t.Fatal(err)
	}
	if id, err := spdx(string(own)); id != "MIT" {
		t.Error(id, err)
	}
	if id, err := spdx("GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007"); err == nil {
		t.Errorf("that is taken for %s", id)
	}
}

// CI checks the whole list against CycloneDX's schema.
func TestBillOfMaterials(t *testing.T) {
	t.Parallel()
	parts := []part{{Module: debug.Module{Path: "example.org/m", Version: "v1.2.3", Sum: "h1:AAEC"}, id: "MIT"}}
	text, err := sbom(info, "5a", parts)
	if err != nil || !strings.Contains(string(text), `"content": "000102"`) || !strings.Contains(string(text), `"purl": "pkg:golang/example.org/m@v1.2.3"`) {
		t.Errorf("%v\n%s", err, text)
	}
	parts[0].Sum = ""
	if _, err := sbom(info, "5a", parts); err == nil {
		t.Error("a module without a checksum is listed")
	}
}

func TestVersions(t *testing.T) {
	t.Parallel()
	if !info.Time.Equal(time.Date(2026, 11, 24, 10, 54, 58, 0, time.UTC)) {
		t.Error(info.Time)
	}
	for version, want := range map[string]string{
		"0.1.0": "0.1.0", "0.3.0-rc.1": "0.3.0~rc.1", "0.0.0-devel+0123456789ab.dirty": "0.0.0~devel+0123456789ab.dirty",
	} {
		if got := debianVersion(version); got != want {
			t.Errorf("%s: %s", version, got)
		}
	}
}
