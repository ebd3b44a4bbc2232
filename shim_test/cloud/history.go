package cloud

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Commits are described in the language of git fast-import, which makes any
// number of them in one process.

// history is what every repository begins with.
var history = commit("main", "Begin", write("README.md", "# A repository\n")) +
	commit("main", "Say hello", write("hello.txt", "hello\n")) +
	commit("main", "Say more", write("hello.txt", "hello, world\n")+write("src/main.txt", "main\n")) +
	startAt("refs/tags/v1", "refs/heads/main") +
	startAt("refs/heads/topic", "refs/heads/main") +
	commit("topic", "Try something", write("topic.txt", "topic\n"))

// commit is one on top of a branch. Its time is always the same: the name of a
// commit is then a constant.
func commit(branch, message, changes string) string {
	return "commit refs/heads/" + branch + "\n" +
		"committer Ada <ada@example.com> 1767225600 +0000\n" +
		data(message) + changes + "\n"
}

// resume is for a branch from an earlier import: git fast-import would begin
// it anew.
func resume(branch string) string {
	return startAt("refs/heads/"+branch, "refs/heads/"+branch+"^0")
}

func startAt(ref, commit string) string {
	return "reset " + ref + "\nfrom " + commit + "\n\n"
}

func write(path, content string) string {
	return "M 100644 inline " + path + "\n" + data(content)
}

func link(path, commit string) string {
	return "M 160000 " + commit + " " + path + "\n"
}

func data(text string) string {
	return fmt.Sprintf("data %d\n%s\n", len(text), text)
}

func writeFiles(files map[string]string) string {
	var changes strings.Builder
	for _, path := range slices.Sorted(maps.Keys(files)) {
		changes.WriteString(write(path, files[path]))
	}
	return changes.String()
}

func fastImport(folder, commits string) error {
	// Without the limit a small import is unpacked again, by one process more.
	_, err := git(commits, "--git-dir", folder, "-c", "fastimport.unpackLimit=1", "fast-import", "--quiet")
	return err
}

// changesOf says what r has beyond the history of all.
func (c *Cloud) changesOf(r Repository) (string, error) {
	changes := writeFiles(r.Files)
	for _, path := range slices.Sorted(maps.Keys(r.LFS)) {
		pointer, err := c.keep(r.LFS[path])
		if err != nil {
			return "", err
		}
		changes += write(path, pointer)
	}
	if len(r.LFS) > 0 {
		changes += write(".gitattributes", attributes(r.LFS))
	}
	modules := ""
	for _, s := range r.Submodules {
		tip, err := c.Ref(s.Repository, "refs/heads/main")
		if err != nil {
			return "", err
		}
		modules += s.section()
		changes += link(s.Path, tip)
	}
	if modules != "" {
		changes += write(".gitmodules", modules)
	}
	return changes, nil
}

func (s Submodule) section() string {
	url := s.URL
	if url == "" {
		url = URL(s.Repository)
	}
	return fmt.Sprintf("[submodule %q]\n\tpath = %s\n\turl = %s\n", s.Path, s.Path, url)
}

func attributes(lfs map[string]string) string {
	text := ""
	for _, path := range slices.Sorted(maps.Keys(lfs)) {
		text += "/" + path + " filter=lfs diff=lfs merge=lfs -text\n"
	}
	return text
}
