//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// installedGit is the version of Debian's package, such as 1:2.39.5-0+deb12u3.
func installedGit(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "dpkg-query", "--show", "--showformat=${Version}", "git").Output()
	if err != nil {
		return "", fmt.Errorf("this needs Debian's package git: %w", err)
	}
	return string(out), nil
}

// fetchSource unpacks the source of git into folder/source, unless it is there.
//
// apt is given lists, sources and a cache of its own below folder: the machine's set-up stays as it is. What it
// downloads is checked against the signed index, and so dpkg-source need not look at signatures again.
func fetchSource(ctx context.Context, folder, version string) (source string, err error) {
	source = filepath.Join(folder, "source")
	if _, err := os.Stat(source); err == nil {
		return source, nil
	}
	apt, err := privateApt(ctx, folder, version)
	if err != nil {
		return "", err
	}
	for _, words := range [][]string{
		append(apt, "update"),
		append(apt, "source", "--download-only", "git="+version),
	} {
		if err := quietly(ctx, folder, words...); err != nil {
			return "", err
		}
	}
	found, err := filepath.Glob(filepath.Join(folder, "git_*.dsc"))
	if err != nil || len(found) != 1 {
		return "", errors.Join(errors.New("apt-get source has brought no git"), err)
	}
	return source, quietly(ctx, folder, "dpkg-source", "--no-check", "--extract", found[0], source)
}

// privateApt returns an apt-get that knows where the source is, and nothing else.
func privateApt(ctx context.Context, folder, version string) ([]string, error) {
	known, err := exec.CommandContext(ctx, "apt-cache", "madison", "git").Output()
	if err != nil {
		return nil, fmt.Errorf("apt-cache madison: %w", err)
	}
	sources := sourceLines(string(known), version)
	if sources == "" {
		return nil, fmt.Errorf("no mirror has the installed git %s any more: apt-get update && apt-get install git", version)
	}
	own := filepath.Join(folder, "apt")
	for _, name := range []string{"lists/partial", "cache/archives/partial"} {
		if err := os.MkdirAll(filepath.Join(own, name), 0o755); err != nil {
			return nil, err
		}
	}
	list := filepath.Join(own, "sources.list")
	return []string{
		"apt-get", "-qq",
		"-o", "Dir::Etc::SourceList=" + list, "-o", "Dir::Etc::SourceParts=-",
		"-o", "Dir::State::Lists=" + filepath.Join(own, "lists"),
		"-o", "Dir::Cache=" + filepath.Join(own, "cache"),
		"-o", "APT::Sandbox::User=", // who would have to write into our folder
	}, os.WriteFile(list, []byte(sources), 0o644)
}

// sourceLines turns what apt knows of the places of a package (apt-cache madison) into sources.list(5).
func sourceLines(madison, version string) string {
	keys, _ := filepath.Glob("/usr/share/keyrings/*-archive-keyring.gpg")
	option := ""
	if len(keys) > 0 {
		option = "[signed-by=" + strings.Join(keys, ",") + "] "
	}
	lines := ""
	for line := range strings.Lines(madison) {
		columns := strings.Split(line, "|")
		if len(columns) != 3 || strings.TrimSpace(columns[1]) != version {
			continue
		}
		place := strings.Fields(columns[2]) // URL, suite/component, architecture, "Packages"
		if len(place) != 4 || place[3] != "Packages" {
			continue
		}
		suite, component, _ := strings.Cut(place[1], "/")
		lines += "deb-src " + option + place[0] + " " + suite + " " + component + "\n"
	}
	return lines
}

// quietly runs a program, and shows what it said only if it failed.
func quietly(ctx context.Context, folder string, words ...string) error {
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	cmd.Dir = folder
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(words, " "), err, out)
	}
	return nil
}
