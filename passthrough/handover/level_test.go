package handover

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestDeeper(t *testing.T) {
	t.Parallel()
	tests := []struct{ before, after []string }{
		{nil, []string{"BBGIT_LEVEL=1"}},
		{[]string{"A=b", "BBGIT_LEVEL=4", "C="}, []string{"A=b", "BBGIT_LEVEL=5", "C="}},
		{[]string{"BBGIT_LEVEL="}, []string{"BBGIT_LEVEL=1"}},
		{[]string{"BBGIT_LEVEL=x"}, []string{"BBGIT_LEVEL=1"}},
		{[]string{"BBGIT_LEVEL=-7"}, []string{"BBGIT_LEVEL=1"}},
		{[]string{"BBGIT_LEVELS=7"}, []string{"BBGIT_LEVELS=7", "BBGIT_LEVEL=1"}},
	}
	for _, test := range tests {
		got, err := Deeper(slices.Clone(test.before), "/git")
		if err != nil || !slices.Equal(got, test.after) {
			t.Errorf("Deeper(%q) = %q, %v", test.before, got, err)
		}
	}
	for _, level := range []int{deepestLevel, deepestLevel + 1} {
		if _, err := Deeper([]string{"BBGIT_LEVEL=" + strconv.Itoa(level)}, "/git"); err == nil {
			t.Errorf("level %d is not too deep", level)
		}
	}
}

// TestSentences: 80 columns, as far as they are ours, and no capital or full
// stop around them.
func TestSentences(t *testing.T) {
	t.Parallel()
	for _, sentence := range []string{noGit, namedRelative, namedMissing, namedSelf, endless, endlessAdvice} {
		for line := range strings.SplitSeq(strings.Trim(sentence, "\n"), "\n") {
			if len("bbgit: "+line) > 80 || strings.HasSuffix(line, ".") {
				t.Errorf("%q", line)
			}
		}
	}
}
