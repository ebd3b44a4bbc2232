package auth

import (
	"slices"
	"testing"
)

// TestWithoutOuter: what a hook sets is the person's, what a bbgit around it set is
// not.
func TestWithoutOuter(t *testing.T) {
	t.Parallel()
	persons := []string{"A=b", "GIT_TRACE=/tmp/mine", "GIT_TRACE2_EVENT=/tmp/events", "BBGIT_LEVEL=1"}
	outers := []string{
		runVariable + "=/run/outer/socket", "GIT_TRACE_CURL=/run/outer/requests", "GIT_TRACE_CURL_NO_DATA=1",
		"GIT_TRACE2=/run/outer/processes", mostTraced,
	}
	if got := withoutOuter(append(outers, persons...)); !slices.Equal(got, persons) {
		t.Errorf("kept %q of %q", got, persons)
	}
	alone := append(persons, "GIT_TRACE_CURL_NO_DATA=1", "GIT_TRACE2_MAX_FILES=500")
	if got := withoutOuter(alone); !slices.Equal(got, alone) {
		t.Errorf("with no bbgit around, kept %q of %q", got, alone)
	}
}
