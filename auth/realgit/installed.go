package realgit

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"bbgit/auth/envconfig"
)

// Where the person has let git ask bbgit ("bbgit bitbucket setup"), the settings
// of HelperSettings stand in a file: an empty value, which drops the helpers
// before it, our helper, and useHttpPath. To git these helpers are gone then; to
// the person they are not. So whatever is asked of them is asked as if our lines
// were not there.

// IsOurs tells that a helper is bbgit, whatever path it has.
func (h KeepingHelper) IsOurs() bool { return strings.HasSuffix(string(h), " bitbucket helper") }

// persons is the person's own configuration of helpers.
type persons struct {
	helpers  []KeepingHelper
	settings []envconfig.Setting // bring it about for one git; none where nothing of ours stands in a file
}

// persons is read once for each Git.
func (g *Git) persons(ctx context.Context) persons {
	if g.read == nil {
		entries, _ := g.Settings(ctx)
		p := personsOf(entries)
		g.read = &p
	}
	return *g.read
}

func personsOf(entries []Entry) (p persons) {
	rest := WithoutOurs(entries)
	p.helpers = helpersIn(rest)
	if len(rest) == len(entries) {
		return p
	}
	p.settings = []envconfig.Setting{envconfig.Set("credential.helper", ""), envconfig.Set(envconfig.UseHTTPKey, "false")}
	for _, e := range rest {
		if NamesHelper(e.Key) || ConcernsBitbucket(e.Key, "credential", "usehttppath") {
			p.settings = append(p.settings, envconfig.Set(e.Key, e.Value))
		}
	}
	return p
}

// WithoutOurs takes our helper out, and around it what came with it.
func WithoutOurs(entries []Entry) (rest []Entry) {
	for i := 0; i < len(entries); i++ {
		e := entries[i]
		if !NamesHelper(e.Key) || !KeepingHelper(e.Value).IsOurs() {
			rest = append(rest, e)
			continue
		}
		if last := len(rest) - 1; last >= 0 && rest[last].is(envconfig.HelperKey, "") && rest[last].Origin == e.Origin {
			rest = rest[:last]
		}
		if i+1 < len(entries) && entries[i+1].is(envconfig.UseHTTPKey, "true") && entries[i+1].Origin == e.Origin {
			i++
		}
	}
	return rest
}

func (e Entry) is(key, value string) bool { return strings.EqualFold(e.Key, key) && e.Value == value }

// helpersIn are the helpers that git asks: an empty value drops those before it.
func helpersIn(entries []Entry) (list []KeepingHelper) {
	for _, e := range entries {
		switch {
		case !NamesHelper(e.Key):
		case e.Value == "":
			list = nil
		default:
			list = append(list, KeepingHelper(e.Value))
		}
	}
	return list
}

// Installed tells whether git, by its configuration alone, asks bbgit about
// Bitbucket; and which other helpers it asks, and tells of each credential that
// worked, ours as well.
func Installed(entries []Entry) (ours bool, others []Entry) {
	for _, e := range entries {
		switch {
		case !NamesHelper(e.Key):
		case e.Value == "":
			ours, others = false, nil
		case KeepingHelper(e.Value).IsOurs():
			ours = true
		default:
			others = append(others, e)
		}
	}
	return ours, others
}

// ProgramOf is the path in a value of envconfig.HelperCommand's, "" where it is no
// such.
func ProgramOf(helper string) string {
	rest, begins := strings.CutPrefix(helper, "!'")
	word, ends := strings.CutSuffix(rest, "' bitbucket helper")
	if !begins || !ends {
		return ""
	}
	return filepath.FromSlash(strings.ReplaceAll(word, `'\''`, "'"))
}

// Injected tells whether an environment names our helper for one run, and no other
// behind it: then it is the only one, whatever stands in files. A hook or an alias
// may have added a setting, and "-c" a file of settings, which nobody knows here.
func Injected(env []string, helper string) bool {
	present, _ := envconfig.Split(env)
	ours := envconfig.HelperSettings(helper)
	for i := len(present) - 1; i >= 0; i-- {
		if envconfig.BeginsWith(present[i:], ours) {
			return !slices.ContainsFunc(env, includes)
		}
		if s := present[i]; NamesHelper(s.Key) && s.Value != "" && s.Value != helper || isInclude(s.Key) {
			return false
		}
	}
	return false
}

// includes tells that "-c" has named a file of settings (include.path, includeIf).
func includes(variable string) bool {
	set, ok := strings.CutPrefix(variable, "GIT_CONFIG_PARAMETERS=")
	return ok && strings.Contains(strings.ToLower(set), "'include")
}

func isInclude(key string) bool { return strings.HasPrefix(strings.ToLower(key), "include") }

// AllSettings are the settings with those of the environment that Settings
// leaves out.
func (g *Git) AllSettings(ctx context.Context) ([]Entry, error) {
	whole := *g
	whole.Helper = ""
	return whole.Settings(ctx)
}
