package auth

import (
	"slices"
	"testing"

	"bbgit/auth/bitbucket"
)

func TestOtherWorkspacesProveMore(t *testing.T) {
	t.Parallel()
	repository := func(path string) bitbucket.Repository { return bitbucket.RepositoryOf(path) }
	list := []bitbucket.Repository{repository("acme/a"), repository("acme/b"), repository("you/c"), repository("Acme/B"), {}}
	got := withoutRepository(farFirst(list, repository("acme/x")), repository("acme/a"))
	if want := []bitbucket.Repository{repository("you/c"), repository("acme/b")}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
