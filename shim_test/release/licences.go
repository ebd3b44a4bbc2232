package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
)

// partsOf are Go's own library and all modules that are linked into a program,
// with the licences that they bring.
func partsOf(goVersion string, modules []*debug.Module) ([]part, error) {
	root, err := run(exec.Command("go", "env", "GOROOT"))
	if err != nil {
		return nil, err
	}
	std := part{Module: debug.Module{Path: standardLibrary, Version: strings.TrimPrefix(goVersion, "go")}}
	if err := std.readLicence(strings.TrimSpace(string(root))); err != nil {
		return nil, err
	}
	parts := []part{std}
	for _, module := range modules {
		dir, err := moduleDir(module)
		if err != nil {
			return nil, err
		}
		p := part{Module: *module}
		if err := p.readLicence(dir); err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// moduleDir is where Go keeps the module, which it has checked against go.sum.
func moduleDir(module *debug.Module) (string, error) {
	if module.Replace != nil {
		return "", fmt.Errorf("%s is replaced by something else", module.Path)
	}
	out, err := run(exec.Command("go", "mod", "download", "-json", module.Path+"@"+module.Version))
	if err != nil {
		return "", err
	}
	var found struct{ Dir, Sum string }
	if err := json.Unmarshal(out, &found); err != nil {
		return "", err
	}
	if found.Sum != module.Sum {
		return "", fmt.Errorf("%s: the module here is not the one that is linked", module.Path)
	}
	return found.Dir, nil
}

var (
	licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying)(\.(md|txt))?$`)
	besidesFile = regexp.MustCompile(`(?i)^(notice|patents)(\.(md|txt))?$`)
)

// readLicence reads what the folder of a part says about its licence.
func (p *part) readLicence(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		licence := licenceFile.MatchString(entry.Name())
		if !licence && !besidesFile.MatchString(entry.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			return err
		}
		p.text = append(p.text, fmt.Sprintf("\n%s\n%s %s: %s\n\n%s\n", strings.Repeat("-", 79), p.Path, p.Version, entry.Name(), bytes.Trim(text, "\n"))...)
		if !licence {
			continue
		}
		if p.id != "" {
			return fmt.Errorf("%s has more than one licence", p.Path)
		}
		if p.id, err = spdx(string(text)); err != nil {
			return fmt.Errorf("%s: %w", p.Path, err)
		}
	}
	if p.id == "" {
		return fmt.Errorf("%s has no licence in %s", p.Path, dir)
	}
	return nil
}

// spdx names a licence as the list of SPDX does (spdx.org/licenses), by the words
// that only it has. A licence that is not among these wants a person's look first.
func spdx(text string) (id string, err error) {
	text = strings.Join(strings.Fields(text), " ")
	switch {
	case strings.HasPrefix(text, "Apache License Version 2.0, January 2004"):
		return "Apache-2.0", nil
	case strings.Contains(text, "Permission is hereby granted, free of charge, to any person obtaining a copy of this software"):
		return "MIT", nil
	case !strings.Contains(text, "Redistribution and use in source and binary forms, with or without modification, are permitted"):
		return "", errors.New("its licence is none of those that are known to be fine")
	case strings.Contains(text, "may be used to endorse or promote products derived from"):
		return "BSD-3-Clause", nil
	}
	return "BSD-2-Clause", nil
}

// thirdParty is what all licences demand: themselves, with every copy.
func thirdParty(parts []part) []byte {
	text := []byte("bbgit contains the work of others. Each part is named here with its licence;\n\"" + standardLibrary + "\" is the standard library of Go.\n")
	for _, p := range parts {
		text = append(text, p.text...)
	}
	return text
}
