// Picture makes README's pictures anew: it plays a real session at a real terminal, with a Bitbucket and a keyring of
// its own, and draws what the screen shows as SVG.
//
//	go run ./shim_test/picture
//
// writes rescue.svg and doctor.svg into shim_test/picture. A test compares them with what it would write.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := run(filepath.Join("shim_test", "picture")); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

func run(folder string) error {
	for _, s := range sessions {
		picture, err := s.picture()
		if err != nil {
			return fmt.Errorf("%s: %w", s.file, err)
		}
		if err := os.WriteFile(filepath.Join(folder, s.file), picture, 0o644); err != nil {
			return err
		}
	}
	return nil
}
