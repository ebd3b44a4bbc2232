package auth

import (
	"strings"
	"testing"
)

func TestReadClone(t *testing.T) {
	t.Parallel()
	const url = "https://bitbucket.org/you/thesis.git"
	for _, tc := range []struct{ line, folder, options string }{
		{url, "thesis", ""},
		{url + "/", "thesis", ""},
		{"https://bitbucket.org/you/thesis/.git", "thesis", ""},
		{"bb:thesis.git", "thesis", ""},
		{"you/thesis", "thesis", ""},
		{url + " mine", "mine", ""},
		{"-- " + url + " mine", "mine", ""},
		{"-b main " + url, "thesis", ""},
		{url + " -b main mine --depth 1", "mine", ""},
		{"--depth=1 --reference ../other -c a.b=c " + url, "thesis", ""},
		{"-q -j 4 --shallow-submodules " + url, "thesis", "--quiet --jobs 4 --depth 1"},
		{"-j4 --remote-submodules --single-branch " + url, "thesis", "--jobs 4 --remote --single-branch"},
		{"--jobs=4 --filter=blob:none " + url, "thesis", "--jobs 4"},
		{"--filter blob:none --also-filter-submodules " + url, "thesis", "--filter blob:none"},
		{url + " mine too", "", ""},
		{"", "", ""},
	} {
		got := readClone(strings.Fields(tc.line))
		if got.folder != tc.folder || strings.Join(got.forSubmodules, " ") != tc.options || got.recursive {
			t.Errorf("%s: %+v", tc.line, got)
		}
		if !readClone(append([]string{"--recurse-submodules=lib"}, strings.Fields(tc.line)...)).recursive {
			t.Errorf("%s: submodules are left out", tc.line)
		}
	}
}
