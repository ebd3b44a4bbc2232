package shim_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// arrows are the rules of ARCHITECTURE.md that imports can break.
var arrows = []struct {
	imported string   // a package or, with "/" at the end, all below it
	by       []string // the folders that may import it; "" is main
	reason   string
}{
	{"bbgit/passthrough/", []string{".", "passthrough"}, "the two halves know nothing of each other"},
	{"bbgit/passthrough", []string{"."}, "the two halves know nothing of each other"},
	{"bbgit/auth/", []string{".", "auth", "passthrough/atonce"}, "the two halves know nothing of each other"},
	{"github.com/spf13/cobra", []string{"auth/command"}, "cobra never sees git's arguments"},
	{"github.com/zalando/go-keyring", []string{"auth/store"}, "one place has its time-outs and its never starting a bus"},
	{"github.com/godbus/dbus/v5", []string{"auth/store"}, "nothing else may touch a bus"},
	{"github.com/Microsoft/go-winio", []string{"auth/relay"}, "one place knows how helpers reach us"},
	{"golang.org/x/term", []string{"auth/terminal"}, "one place restores the echo"},
	{"github.com/cli/browser", []string{"auth"}, "one place decides whether there is a desktop"},
	{"regexp", []string{"auth/pattern"}, "what is compiled at the start of the program, every git command pays for"},
	{"net/http", nil, "it costs half a millisecond at each start; git does the talking"},
	{"testing", nil, "no test code in the program"},
}

// pure packages take values and return values.
var (
	pure    = []string{"auth/bitbucket", "auth/words", "auth/credential", "auth/curltrace"}
	impure  = []string{"os", "os/exec", "net", "syscall", "path/filepath", "context"}
	program = []string{".", "passthrough", "auth"}
)

func TestArrows(t *testing.T) {
	t.Parallel()
	seen := 0
	for file, imports := range programImports(t) {
		folder := filepath.ToSlash(filepath.Dir(file))
		for _, imported := range imports {
			seen++
			for _, rule := range arrows {
				if matches(rule.imported, imported) && !slices.ContainsFunc(rule.by, func(by string) bool { return within(folder, by) }) {
					t.Errorf("%s imports %s: %s", file, imported, rule.reason)
				}
			}
			if slices.Contains(pure, folder) && slices.Contains(impure, imported) {
				t.Errorf("%s imports %s, but %s is pure", file, imported, folder)
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d imports were looked at: the test looks in the wrong place", seen)
	}
}

func matches(rule, imported string) bool {
	if all, ok := strings.CutSuffix(rule, "/"); ok {
		return imported == all || strings.HasPrefix(imported, rule)
	}
	return imported == rule
}

func within(folder, by string) bool {
	return folder == by || by != "." && strings.HasPrefix(folder, by+"/")
}

// programImports are the imports of each file of the program, tests left out.
func programImports(t *testing.T) map[string][]string {
	t.Helper()
	all := make(map[string][]string)
	for _, top := range program {
		err := filepath.WalkDir(filepath.Join("..", top), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() {
				if top == "." && path != ".." || d.Name() == "testdata" {
					return filepath.SkipDir
				}
				return nil
			}
			if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			name, err := filepath.Rel("..", path)
			if err != nil {
				return err
			}
			for _, spec := range parsed.Imports {
				imported, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					return err
				}
				all[name] = append(all[name], imported)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}
