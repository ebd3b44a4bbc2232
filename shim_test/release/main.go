// Release makes all that is handed out of bbgit, in one folder: an archive for each
// system, Debian packages, formulas for Homebrew and Scoop, and checksums.
//
//	go run ./shim_test/release [-out DIR] [-base-url URL]
//
// The same commit and the same Go give the same bytes, wherever and whenever: no
// clock, no path and no name of a person or machine goes in. The version is what Go
// makes of the tag (see package build), so a release is the commit with the tag.
package main

import (
	"errors"
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"bbgit/auth/build"
)

func main() {
	var o options
	flag.StringVar(&o.out, "out", "dist", "the `folder` to write to; it must be empty, or not be there")
	flag.StringVar(&o.baseURL, "base-url", "", "the `URL` of the folder where the archives will be; without it, there are no formulas")
	flag.StringVar(&o.cache, "cache", "", "a `folder` for Go's cache of what it compiles, in place of the usual one")
	flag.StringVar(&o.maintainer, "maintainer", "The bbgit authors <authors@bbgit.invalid>", "who answers for the Debian packages")
	flag.StringVar(&o.only, "only", "", "build for these `systems` alone, such as linux/amd64,darwin/arm64; then there are no formulas")
	flag.Parse()
	if err := release(o); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

type options struct{ out, baseURL, cache, maintainer, only string }

func release(o options) error {
	if err := o.check(); err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "bbgit-release")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	programs, err := buildAll(work, o)
	if err != nil {
		return err
	}
	info := programs[0].info
	fmt.Println("bbgit", info.Version)
	common, err := commonFiles(info)
	if err != nil {
		return err
	}
	sums := make(map[string]string)
	for _, p := range programs {
		if err := p.describe(); err != nil {
			return err
		}
		made, err := p.archive(o.out, common)
		if err != nil {
			return err
		}
		if p.os == "linux" {
			deb, err := p.debianPackage(work, o, common)
			if err != nil {
				return err
			}
			made = append(made, deb...)
		}
		for _, name := range made {
			if sums[name], err = checksum(filepath.Join(o.out, name)); err != nil {
				return err
			}
			fmt.Println(" ", name)
		}
	}
	if o.baseURL != "" && o.only == "" {
		if err := writeFormulas(o, info, sums); err != nil {
			return err
		}
	}
	return writeSums(filepath.Join(o.out, "SHA256SUMS"), sums)
}

func (o *options) check() error {
	if o.baseURL != "" {
		u, err := url.Parse(o.baseURL)
		if err != nil || u.Scheme != "https" || u.Host == "" || strings.ContainsAny(o.baseURL, `"'#\`+" ") {
			return fmt.Errorf("-base-url %s is no https:// URL of a folder", o.baseURL)
		}
		o.baseURL = strings.TrimSuffix(o.baseURL, "/")
	}
	for _, dir := range []*string{&o.out, &o.cache} {
		if *dir == "" {
			continue
		}
		absolute, err := filepath.Abs(*dir)
		if err != nil {
			return err
		}
		*dir = absolute
	}
	if err := os.MkdirAll(o.out, 0o755); err != nil {
		return err
	}
	there, err := os.ReadDir(o.out)
	if err == nil && len(there) > 0 {
		err = errors.New(o.out + " holds something already")
	}
	return err
}

// name is that of an archive, and of the folder in it.
func name(info build.Info, os, arch string) string {
	return fmt.Sprintf("bbgit-%s-%s-%s", info.Version, os, arch)
}
