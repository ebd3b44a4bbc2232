package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bbgit/auth/build"
	"bbgit/auth/command"
)

// files are contents by their paths, which have slashes.
type files map[string][]byte

// commonFiles are those that go with every program.
func commonFiles(info build.Info) (files, error) {
	common := make(files)
	for _, name := range []string{"README.md", "CHANGELOG.md", "LICENSE"} {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("run this in the top folder of bbgit: %w", err)
		}
		common[name] = text
	}
	pages, err := manPages(command.Tree(), info)
	if err != nil {
		return nil, err
	}
	for name, page := range pages {
		common["man/"+name] = []byte(page)
	}
	for shell, name := range completionFiles {
		script, err := command.Completion(shell)
		if err != nil {
			return nil, err
		}
		common["completions/"+name] = []byte(script)
	}
	return common, nil
}

// completionFiles are named as their shells want them, or as they are read there.
var completionFiles = map[string]string{"bash": "bbgit.bash", "zsh": "_git-bitbucket", "fish": "bbgit.fish", "powershell": "bbgit.ps1"}

// archive packs the program and all that goes with it: zip for Windows, tar.gz for
// the others. It returns the names of the files it made, in the folder out.
func (p *program) archive(out string, common files) ([]string, error) {
	all := maps.Clone(common)
	all["THIRD-PARTY.txt"], all["sbom.cdx.json"] = p.licences, p.sbom
	var err error
	if all[p.file()], err = os.ReadFile(p.path); err != nil {
		return nil, err
	}
	folder := name(p.info, p.os, p.arch)
	archive, write := folder+".tar.gz", writeTar
	if p.os == "windows" {
		archive, write = folder+".zip", writeZip
	}
	file, err := os.Create(filepath.Join(out, archive))
	if err != nil {
		return nil, err
	}
	err = write(file, folder, all, p.info.Time)
	return []string{archive}, errors.Join(err, file.Close())
}

func isProgram(name string) bool { return name == "bbgit" || name == "bbgit.exe" }

// writeTar writes what is the same for the same contents: names in order, one time,
// nobody's user and group.
func writeTar(out io.Writer, folder string, all files, at time.Time) error {
	zipped, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	archive := tar.NewWriter(zipped)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		header := &tar.Header{Name: path.Join(folder, name), Mode: 0o644, Size: int64(len(all[name])), ModTime: at, Format: tar.FormatPAX}
		if isProgram(name) {
			header.Mode = 0o755
		}
		if err := archive.WriteHeader(header); err != nil {
			return err
		}
		if _, err := archive.Write(all[name]); err != nil {
			return err
		}
	}
	return errors.Join(archive.Close(), zipped.Close())
}

func writeZip(out io.Writer, folder string, all files, at time.Time) error {
	archive := zip.NewWriter(out)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		header := &zip.FileHeader{Name: path.Join(folder, name), Method: zip.Deflate, Modified: at.UTC()}
		header.SetMode(0o644)
		if isProgram(name) {
			header.SetMode(0o755)
		}
		entry, err := archive.CreateHeader(header)
		if err != nil {
			return err
		}
		if _, err := entry.Write(all[name]); err != nil {
			return err
		}
	}
	return archive.Close()
}

func checksum(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// writeSums writes what `sha256sum --check` reads.
func writeSums(path string, sums map[string]string) error {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		fmt.Fprintf(&text, "%s  %s\n", sums[name], name)
	}
	return os.WriteFile(path, []byte(text.String()), 0o644)
}
