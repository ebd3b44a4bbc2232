package realgit

import (
	"path/filepath"
	"slices"
	"testing"
)

func TestHelperRunsTellsWhoFailed(t *testing.T) {
	t.Parallel()
	g := newGit(t, "[credential]\n\thelper = nosuch\n\thelper = /no/such --option\n\thelper = \"!exit 3 #\"\n\thelper = store\n")
	g.Events = filepath.Join(g.Dir, "events")
	g.Stderr = nil
	if _, found, err := g.Fill(t.Context(), request); found || err != nil {
		t.Fatal(found, err)
	}
	want := []HelperRun{
		{"nosuch", true, NotFound},
		{"/no/such --option", true, NotFound},
		{"!exit 3 #", true, 3},
		{"store", true, 0},
	}
	if got := g.HelperRuns(g.Helpers(t.Context())); !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestHelperRunsTellsWhoIsSilent(t *testing.T) {
	t.Parallel()
	g := &Git{Events: filepath.Join(t.TempDir(), "events")}
	write(t, g.Events, `{"event":"child_start","sid":"1","child_id":0,"argv":["git credential-store get"]}
{"event":"child_exit","sid":"1","child_id":0,"code":0}
{"event":"child_start","sid":"1","child_id":1,"argv":["git credential-manager get"]}
{"event":"child_start","sid":"1/2","child_id":0,"argv":["git-credential-manager","get"]}
{"event":`)
	want := []HelperRun{{"store", true, 0}, {"manager", false, 0}}
	if got := g.HelperRuns([]KeepingHelper{"store", "manager"}); !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
}

func TestHelperNames(t *testing.T) {
	t.Parallel()
	for helper, want := range map[KeepingHelper]string{
		"manager": "manager",
		"/usr/local/share/gcm-core/git-credential-manager": "manager",
		"store --file ~/x": "store",
		"!manager":         "",
	} {
		if got := helper.Name(); got != want {
			t.Errorf("%s is called %q, want %q", helper, got, want)
		}
	}
}

func TestGCMVersion(t *testing.T) {
	t.Parallel()
	g := newGit(t, "")
	script := filepath.Join(g.Dir, "git-credential-manager")
	writeScript(t, script, "#!/bin/sh\n[ \"$1\" = --version ] && echo 2.6.1+786ab03440ddc82e807a97c0e540f5247e44cec6\n")
	if got := g.GCMVersion(t.Context(), KeepingHelper(script)); got != "2.6.1" {
		t.Errorf("version %q", got)
	}
	if got := g.GCMVersion(t.Context(), "manager-that-is-not-there"); got != "" {
		t.Errorf("version %q of nothing", got)
	}
	for version, old := range map[string]bool{"2.6.1": true, "1.20": true, "3.0.0": false, "10.1": false, "": false} {
		if OldGCM(version) != old {
			t.Errorf("%q is old: %v", version, !old)
		}
	}
}

func TestFinds(t *testing.T) {
	t.Parallel()
	g := newGit(t, "")
	for helper, want := range map[KeepingHelper]bool{
		"store": true, "store --file x": true, "no-such-helper": false, "/no/such/helper": false, "!anything": true, `"/a b/helper"`: false, `/a\ b/helper`: true,
	} {
		if got := g.Finds(t.Context(), helper); got != want {
			t.Errorf("%s: %v", helper, got)
		}
	}
}
