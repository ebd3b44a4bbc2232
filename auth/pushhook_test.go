package auth

import (
	"testing"

	"bbgit/auth/curltrace"
)

func TestHookAfter(t *testing.T) {
	t.Parallel()
	get := func(repository string, status int) curltrace.Exchange {
		return curltrace.Exchange{Method: "GET", Path: "/you/" + repository + ".git/info/refs", Service: "git-receive-pack", Status: status}
	}
	post := func(repository string, status int) curltrace.Exchange {
		return curltrace.Exchange{Method: "POST", Path: "/you/" + repository + ".git/git-receive-pack", Service: "git-receive-pack", Status: status}
	}
	fetch := curltrace.Exchange{Method: "GET", Path: "/you/thesis.git/info/refs", Service: "git-upload-pack", Status: 200}
	for name, tc := range map[string]struct {
		exchanges []curltrace.Exchange
		want      hookState
	}{
		"refused at once":                         {[]curltrace.Exchange{get("thesis", 401), get("thesis", 410)}, noHook},
		"refused after the hook":                  {[]curltrace.Exchange{get("thesis", 401), get("thesis", 200), post("thesis", 403)}, hookPassed},
		"sent twice":                              {[]curltrace.Exchange{get("thesis", 200), post("thesis", 401), post("thesis", 401)}, hookPassed},
		"nothing sent":                            {[]curltrace.Exchange{get("thesis", 200)}, hookRan},
		"to two places, the second refused":       {[]curltrace.Exchange{get("thesis", 200), post("thesis", 200), get("notes", 410)}, hookRan},
		"to two places, the second refused later": {[]curltrace.Exchange{get("thesis", 200), post("thesis", 200), get("notes", 200), post("notes", 403)}, hookRan},
		"nothing of a push":                       {[]curltrace.Exchange{fetch}, noHook},
		"nothing":                                 {nil, noHook},
	} {
		if got := hookAfter(tc.exchanges); got != tc.want {
			t.Errorf("%s: %d, want %d", name, got, tc.want)
		}
	}
}

func TestInstalledByLFS(t *testing.T) {
	t.Parallel()
	const check = `command -v git-lfs >/dev/null 2>&1 || { echo >&2 "\nThis repository is configured for Git LFS.\n"; exit 2; }`
	for hook, want := range map[string]bool{
		"#!/bin/sh\n" + check + "\ngit lfs pre-push \"$@\"\n":                         true,
		"#!/bin/sh\n# ours\n\ngit lfs pre-push \"$@\"\n":                              true,
		"#!/bin/sh\n" + check + "\ngit lfs pre-push \"$@\"\nmail -s pushed us\n":      false,
		"#!/bin/sh\nmake test\n":                                                      false,
		"#!/bin/sh\n":                                                                 false,
		"#!/bin/sh\n" + check + "\ngit lfs pre-push \"$@\" || git lfs push --all x\n": false,
	} {
		if installedByLFS(hook) != want {
			t.Errorf("%q: %v", hook, !want)
		}
	}
}
