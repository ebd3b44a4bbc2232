package cloud

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Repository has three commits on the branch main, one more on topic, and the
// tag v1, the same for each one, so that their names are the same in each run.
// What is given here comes in a commit on top of main.
type Repository struct {
	Workspace  string
	Name       string
	Public     bool              // can be read without a credential
	Files      map[string]string // contents by path
	LFS        map[string]string // the same, kept with git-lfs
	Submodules []Submodule
	Hooks      map[string]string // scripts by name, such as pre-receive
}

// Submodule is a folder that belongs to another repository.
type Submodule struct {
	Path       string
	Repository string // one that was added before, such as "acme/lib"
	URL        string // where to find it; "" is its place at Home
}

func (r Repository) path() string { return r.Workspace + "/" + r.Name }

// URL is the address of a repository at Home.
func URL(repository string) string {
	return "https://" + Home + "/" + repository + ".git"
}

// BranchRule is a pre-receive hook that protects a branch, in Bitbucket's words.
func BranchRule(branch string) string {
	return "#!/bin/sh\n" +
		"while read -r old new ref; do\n" +
		"  if [ \"$ref\" = 'refs/heads/" + branch + "' ]; then\n" +
		"    echo 'Permission denied to update branch " + branch + ".' >&2\n" +
		"    exit 1\n" +
		"  fi\n" +
		"done\n"
}

// AddRepository makes the repository. One that is there keeps its content, and
// is given the new visibility and hooks.
func (c *Cloud) AddRepository(r Repository) error {
	if err := c.makeRepository(r); err != nil {
		return fmt.Errorf("add repository %s: %w", r.path(), err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.repositories[r.path()] = r
	return nil
}

func (c *Cloud) makeRepository(r Repository) error {
	folder := c.folder(r.path())
	if _, err := os.Stat(folder); err == nil {
		return writeHooks(folder, r.Hooks)
	}
	template, err := c.repositoryTemplate()
	if err != nil {
		return err
	}
	if err := os.CopyFS(folder, os.DirFS(template)); err != nil {
		return err
	}
	changes, err := c.changesOf(r)
	if err != nil {
		return err
	}
	if changes != "" {
		if err := fastImport(folder, resume("main")+commit("main", "Add what this repository is about", changes)); err != nil {
			return err
		}
	}
	return writeHooks(folder, r.Hooks)
}

// Commit adds a commit to a branch that is there, as if somebody else had pushed it.
func (c *Cloud) Commit(repository, branch string, files map[string]string) error {
	work := commit(branch, "Work of somebody else", writeFiles(files))
	return fastImport(c.folder(repository), resume(branch)+work)
}

// Ref returns the object that a ref of the repository names, such as
// "refs/heads/main", and "" when there is no such ref.
func (c *Cloud) Ref(repository, ref string) (string, error) {
	return git("", "--git-dir", c.folder(repository), "for-each-ref", "--format=%(objectname)", ref)
}

func (c *Cloud) folder(repository string) string {
	return filepath.Join(c.dir, "repositories", filepath.FromSlash(repository)+".git")
}

// repositoryTemplate is made once, by two processes of git; a copy needs none.
func (c *Cloud) repositoryTemplate() (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.template != "" {
		return c.template, nil
	}
	folder := filepath.Join(c.dir, "template.git")
	if _, err := git("", "init", "--quiet", "--bare", "--template=", "--initial-branch=main", folder); err != nil {
		return "", err
	}
	if err := appendFile(filepath.Join(folder, "config"), serverConfig); err != nil {
		return "", err
	}
	if err := fastImport(folder, history); err != nil {
		return "", err
	}
	c.template = folder
	return folder, nil
}

// serverConfig allows pushes and partial clones. What git does in the
// background after a push would outlive the server.
const serverConfig = `[http]
	receivepack = true
[uploadpack]
	allowFilter = true
	allowAnySHA1InWant = true
[receive]
	autogc = false
[gc]
	auto = 0
[maintenance]
	auto = false
`

func appendFile(path, text string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(text)
	return err
}

func writeHooks(folder string, hooks map[string]string) error {
	hooksFolder := filepath.Join(folder, "hooks")
	if err := os.RemoveAll(hooksFolder); err != nil {
		return err
	}
	if err := os.Mkdir(hooksFolder, 0o700); err != nil {
		return err
	}
	for name, script := range hooks {
		if !strings.HasPrefix(script, "#!") {
			script = "#!/bin/sh\n" + script
		}
		if err := os.WriteFile(filepath.Join(hooksFolder, name), []byte(script), 0o700); err != nil {
			return err
		}
	}
	return nil
}
