package shim_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What README shows is what a story has seen.
func TestReadmeShowsTheRescue(t *testing.T) {
	t.Parallel()
	story := read(t, filepath.Join("testdata", "push.txtar"))
	_, screen, found := strings.Cut(story, "-- screen --\n")
	if !found || !strings.Contains(screen, "token accepted") {
		t.Fatal("the story has no screen")
	}
	if readme := read(t, filepath.Join("..", "README.md")); !strings.Contains(readme, "$ git push\n"+screen) {
		t.Errorf("README does not show this:\n%s", screen)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
