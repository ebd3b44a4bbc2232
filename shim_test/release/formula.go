package main

import (
	_ "embed"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"bbgit/auth/build"
)

// The formulas as they are kept. What changes with each release is filled in.
var (
	//go:embed formula/bbgit.rb
	homebrew string
	//go:embed formula/bbgit.json
	scoop string
)

// writeFormulas fills the formulas in for archives that will be found below a URL.
func writeFormulas(o options, info build.Info, sums map[string]string) error {
	for file, text := range map[string]string{"bbgit.rb": homebrew, "bbgit.json": scoop} {
		filled, err := fill(text, o.baseURL, info, sums)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(o.out, file), []byte(filled), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func fill(text, baseURL string, info build.Info, sums map[string]string) (string, error) {
	archive := func(os, arch string) string {
		if os == "windows" {
			return name(info, os, arch) + ".zip"
		}
		return name(info, os, arch) + ".tar.gz"
	}
	formula, err := template.New("formula").Funcs(template.FuncMap{
		"base":    func() string { return baseURL },
		"version": func() string { return info.Version },
		"folder":  func(os, arch string) string { return name(info, os, arch) },
		"url":     func(os, arch string) string { return baseURL + "/" + archive(os, arch) },
		"sha256":  func(os, arch string) string { return sums[archive(os, arch)] },
	}).Parse(text)
	if err != nil {
		return "", err
	}
	var filled strings.Builder
	err = formula.Execute(&filled, nil)
	return filled.String(), err
}
