package handover

import (
	"strings"
	"testing"
)

// builtins is what `git --list-cmds=builtins` says in git 2.39.5 and 2.55.0.
const builtins = `
	add am annotate apply archive backfill bisect bisect--helper blame branch bugreport
	bundle cat-file check-attr check-ignore check-mailmap check-ref-format checkout
	checkout--worker checkout-index cherry cherry-pick clean clone column commit
	commit-graph commit-tree config count-objects credential credential-cache
	credential-cache--daemon credential-store describe diagnose diff diff-files diff-index
	diff-pairs diff-tree difftool env--helper fast-export fast-import fetch fetch-pack
	fmt-merge-msg for-each-ref for-each-repo format-patch format-rev fsck fsck-objects
	fsmonitor--daemon gc get-tar-commit-id grep hash-object help history hook index-pack
	init init-db interpret-trailers last-modified log ls-files ls-remote ls-tree mailinfo
	mailsplit maintenance merge merge-base merge-file merge-index merge-ours merge-recursive
	merge-recursive-ours merge-recursive-theirs merge-subtree merge-tree mktag mktree
	multi-pack-index mv name-rev notes pack-objects pack-redundant pack-refs patch-id
	pickaxe prune prune-packed pull push range-diff read-tree rebase receive-pack reflog
	refs remote remote-ext remote-fd repack replace replay repo rerere reset restore
	rev-list rev-parse revert rm send-pack shortlog show show-branch show-index show-ref
	sparse-checkout stage stash status stripspace submodule--helper switch symbolic-ref tag
	unpack-file unpack-objects update-index update-ref update-server-info upload-archive
	upload-archive--writer upload-pack url-parse var verify-commit verify-pack verify-tag
	version whatchanged worktree write-tree
`

func TestEveryBuiltinIsPlaced(t *testing.T) {
	t.Parallel()
	for word := range strings.FieldsSeq(builtins) {
		if WayOf(word) == Unknown {
			t.Errorf("git %s has no place in the table", word)
		}
	}
}

func TestWayOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		way   Way
		words string
	}{
		{Stays, "clone fetch pull push ls-remote remote submodule archive lfs"},
		{Unknown, "lg bitbucket co Push push\x00"},
		{Untouched, "config var help version credential init"},
		{Lent, "checkout switch restore reset merge rebase stash diff log show blame status rev-parse"},
	}
	for _, test := range tests {
		for word := range strings.FieldsSeq(test.words) {
			if got := WayOf(word); got != test.way {
				t.Errorf("git %s goes way %d, want %d", word, got, test.way)
			}
		}
	}
	if WayOf("") != Untouched {
		t.Error("git without a command does not go untouched")
	}
}
