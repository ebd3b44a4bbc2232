//go:build linux

package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"testing"
	"unicode/utf8"

	"bbgit/shim_test/need"
)

// The pictures show what bbgit says today.
func TestPictures(t *testing.T) {
	t.Parallel()
	need.Programs(t, append(need.Keyring, "bash")...)
	for _, s := range sessions {
		t.Run(s.file, func(t *testing.T) {
			t.Parallel()
			want, err := s.picture()
			if err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(s.file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("make it anew with: go run ./shim_test/picture\n%s", want)
			}
		})
	}
}

// A picture is XML that needs nothing from elsewhere, and fits.
func TestDraw(t *testing.T) {
	t.Parallel()
	picture := draw("a <title>", "about & more", "$ git push\n\n  \"<&>\"\n")
	for d := xml.NewDecoder(bytes.NewReader(picture)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if !utf8.Valid(picture) || bytes.Contains(picture, []byte("href")) || bytes.Contains(picture, []byte("url(")) {
		t.Errorf("%s", picture)
	}
	if !bytes.Contains(picture, []byte(`class="typed" textLength="84.0" xml:space="preserve">$ git push</text>`)) {
		t.Errorf("%s", picture)
	}
}
