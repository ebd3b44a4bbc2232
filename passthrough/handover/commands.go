package handover

// A Way is how a command gets to git.
type Way int

// The ways.
const (
	Unknown   Way = iota // an alias or an external command: it may do anything, so bbgit stays
	Stays                // may reach a network: bbgit stays
	Lent                 // handed over with what the companion lends
	Untouched            // handed over as it is
)

// WayOf chooses a command's way by its word. It knows the commands of git 2.55
// and those that older versions had. An alias cannot take one of their names.
//
// This is a switch and not a map, as a map of this size is built anew whenever
// the program starts. Where the choice is in doubt, staying is the safe one.
func WayOf(word string) Way {
	switch word {

	// Talks to another repository, or may: remote has update and show,
	// archive has --remote, maintenance prefetches, request-pull asks what the
	// other side has, backfill downloads what a partial clone has left out.
	case "clone", "fetch", "pull", "push", "ls-remote", "remote", "submodule",
		"archive", "backfill", "maintenance", "request-pull",
		// Any command, in several repositories.
		"for-each-repo",
		// External, and so common that they are named here.
		"lfs", "subtree", "svn", "send-email", "imap-send", "gui",
		// The plumbing of the above.
		"fetch-pack", "send-pack", "http-fetch", "http-push", "remote-http",
		"remote-https", "remote-ext", "remote-fd", "submodule--helper":
		return Stays

	// No command at all: git answers by itself.
	case "",
		// Shows or changes configuration. It must not show anything of ours.
		"config", "var", "help", "version", "bugreport", "diagnose",
		// How people manage the credentials they keep elsewhere.
		"credential", "credential-cache", "credential-cache--daemon", "credential-store",
		// Neither objects nor hooks: nothing there to download, and nobody to
		// do it.
		"check-ref-format", "column", "fsmonitor--daemon", "get-tar-commit-id",
		"init", "init-db", "mailsplit", "patch-id", "show-index", "stripspace", "url-parse",
		// The other end of a connection: who comes in has no use for the
		// credentials of who lives here.
		"daemon", "http-backend", "receive-pack", "shell", "upload-archive",
		"upload-archive--writer", "upload-pack":
		return Untouched

	// Local by itself, and yet it may download: an object that a partial clone
	// has left out (even rev-parse HEAD:FILE needs a tree), a file that is kept
	// in Git LFS, or whatever a hook or a command of the user's does.
	case "add", "am", "annotate", "apply", "bisect", "bisect--helper", "blame", "branch",
		"bundle", "cat-file", "check-attr", "check-ignore", "check-mailmap", "checkout",
		"checkout--worker", "checkout-index", "cherry", "cherry-pick", "citool", "clean",
		"commit", "commit-graph", "commit-tree", "count-objects", "describe", "diff",
		"diff-files", "diff-index", "diff-pairs", "diff-tree", "difftool", "env--helper",
		"fast-export", "fast-import", "filter-branch", "fmt-merge-msg", "for-each-ref",
		"format-patch", "format-rev", "fsck", "fsck-objects", "gc", "grep", "hash-object",
		"history", "hook", "index-pack", "interpret-trailers", "last-modified", "log",
		"ls-files", "ls-tree", "mailinfo", "merge", "merge-base", "merge-file",
		"merge-index", "merge-octopus", "merge-one-file", "merge-ours", "merge-recursive",
		"merge-recursive-ours", "merge-recursive-theirs", "merge-resolve", "merge-subtree",
		"merge-tree", "mergetool", "mktag", "mktree", "multi-pack-index", "mv", "name-rev",
		"notes", "pack-objects", "pack-redundant", "pack-refs", "pickaxe", "prune",
		"prune-packed", "quiltimport", "range-diff", "read-tree", "rebase", "reflog", "refs",
		"repack", "replace", "replay", "repo", "rerere", "reset", "restore", "rev-list",
		"rev-parse", "revert", "rm", "shortlog", "show", "show-branch", "show-ref",
		"sparse-checkout", "stage", "stash", "status", "switch", "symbolic-ref", "tag",
		"unpack-file", "unpack-objects", "update-index", "update-ref", "update-server-info",
		"verify-commit", "verify-pack", "verify-tag", "whatchanged", "worktree", "write-tree":
		return Lent
	}
	return Unknown
}
