package realgit

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bbgit/auth/credential"
	"bbgit/auth/envconfig"
)

const (
	oursInAFile = "[credential \"https://bitbucket.org\"]\n\thelper =\n\thelper = \"!'/opt/bbgit' bitbucket helper\"\n\tuseHttpPath = true\n"
	storeThere  = "[credential]\n\thelper = store\n"
)

// Where our helper stands in a file behind the person's, theirs are asked as if
// it did not: with the path left out, which "store" would not find otherwise.
func TestFillPastOurLines(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ config, want string }{
		"before":           {storeThere + oursInAFile, "you"},
		"behind":           {oursInAFile + storeThere, "you"},
		"without a reset":  {"[credential]\n\thelper = store\n\thelper = /opt/bbgit bitbucket helper\n", "you"},
		"their own reset":  {storeThere + "[credential]\n\thelper =\n" + oursInAFile, ""},
		"reset behind":     {storeThere + oursInAFile + "[credential]\n\thelper =\n", ""},
		"path is wanted":   {"[credential]\n\tuseHttpPath = true\n" + storeThere + oursInAFile, ""},
		"twice":            {storeThere + oursInAFile + oursInAFile, "you"},
		"nobody but us":    {oursInAFile, ""},
		"with our comment": {storeThere + "# ours\n" + oursInAFile + "# theirs\n", "you"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newGit(t, c.config)
			write(t, filepath.Join(g.Dir, ".git-credentials"), "https://you:old@bitbucket.org\n")
			answer, _, err := g.Fill(t.Context(), request)
			if err != nil || answer.Get("username") != c.want {
				t.Errorf("%v, as %q", err, answer.Get("username"))
			}
		})
	}
}

// What the person's helpers are told, they are told past our lines as well.
func TestTellPastOurLines(t *testing.T) {
	t.Parallel()
	g := newGit(t, storeThere+oursInAFile)
	good := append(request[:len(request):len(request)], credential.Attribute{Key: "username", Value: "you"}, credential.Attribute{Key: "password", Value: "new"})
	if err := g.Approve(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	kept := filepath.Join(g.Dir, ".git-credentials")
	if got := read(t, kept); got != "https://you:new@bitbucket.org\n" {
		t.Errorf("kept %q", got)
	}
	if owner, found := g.Owner(t.Context(), request, "new"); !found || owner != "store" {
		t.Errorf("owner %q", owner)
	}
	if err := g.Reject(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	if got := read(t, kept); got != "" {
		t.Errorf("left %q", got)
	}
}

func TestInstalled(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		config, local string
		ours          bool
		others        []string
	}{
		"not":             {storeThere, "", false, []string{"store"}},
		"alone":           {oursInAFile, "", true, nil},
		"behind others":   {storeThere + oursInAFile, "", true, nil},
		"before others":   {oursInAFile + storeThere, "", true, []string{"store"}},
		"in the clone":    {storeThere + oursInAFile, "[credential]\n\thelper = cache\n", true, []string{"cache"}},
		"reset there":     {oursInAFile, "[credential]\n\thelper =\n", false, nil},
		"for other hosts": {oursInAFile + "[credential \"https://github.com\"]\n\thelper = store\n", "", true, nil},
		"without a reset": {"[credential]\n\thelper = store\n\thelper = !/opt/bbgit bitbucket helper\n", "", true, []string{"store"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newGit(t, c.config)
			if err := os.MkdirAll(filepath.Join(g.Dir, ".git/objects"), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(filepath.Join(g.Dir, ".git/refs"), 0o700); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(g.Dir, ".git/HEAD"), "ref: refs/heads/main\n")
			write(t, filepath.Join(g.Dir, ".git/config"), c.local)
			entries, err := g.AllSettings(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			ours, others := Installed(entries)
			var values []string
			for _, e := range others {
				values = append(values, e.Value)
			}
			if ours != c.ours || !slices.Equal(values, c.others) {
				t.Errorf("ours %v, others %q", ours, values)
			}
		})
	}
}

func TestInjected(t *testing.T) {
	t.Parallel()
	env := []string{"A=b", "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=a.b", "GIT_CONFIG_VALUE_0=c"}
	if Injected(env, "!us") || !Injected(envconfig.Add(env, envconfig.HelperSettings("!us")...), "!us") {
		t.Error("not recognised")
	}
	ours := envconfig.Add(env, append(envconfig.HelperSettings("!us"), envconfig.PastNetrc)...)
	if !Injected(ours, "!us") {
		t.Error("not recognised with a setting of ours behind it")
	}
	if Injected(envconfig.Add(ours, envconfig.Set("credential.helper", "store")), "!us") || Injected(envconfig.Add(ours, envconfig.Set("include.path", "/x")), "!us") ||
		Injected(append(ours, "GIT_CONFIG_PARAMETERS='include.path'='/x'"), "!us") {
		t.Error("what stands behind it is not seen")
	}
	g := newGit(t, "", "GIT_CONFIG_COUNT=0")
	g.Env = envconfig.Add(g.Env, envconfig.HelperSettings("!'/opt/bbgit' bitbucket helper")...)
	g.Helper = "!'/opt/bbgit' bitbucket helper"
	entries, err := g.AllSettings(t.Context())
	if ours, _ := Installed(entries); !ours || err != nil || !strings.Contains(entries[len(entries)-1].Key, "usehttppath") {
		t.Errorf("%v: %v", err, entries)
	}
}
