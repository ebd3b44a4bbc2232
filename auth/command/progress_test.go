package command

import (
	"strings"
	"testing"
	"time"

	"bbgit/auth/doctor"
	"bbgit/auth/words"
)

// Progress comes seldom, in whole lines that are never rewritten.
func TestProgress(t *testing.T) {
	t.Parallel()
	var shown strings.Builder
	clock := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	say := sparse(&page{Style: words.Style{Width: 40}, out: &shown}, func() time.Time { return clock })
	for i := range 50 {
		say(doctor.Looking, i, 0)
		clock = clock.Add(100 * time.Millisecond)
	}
	if lines := strings.Count(shown.String(), "\n"); lines < 3 || lines > 5 {
		t.Errorf("%d lines in 5 seconds: %q", lines, shown.String())
	}
	clock = clock.Add(time.Minute)
	say(doctor.Reading, 20, 40)
	clock = clock.Add(time.Minute)
	say(doctor.Asking, 3, 4)
	for _, want := range []string{"looking for clones: ", "[##########----------] 20 of 40 clones", "[###############-----] 3 of 4 questions"} {
		if !strings.Contains(shown.String(), want) {
			t.Errorf("no %q in %q", want, shown.String())
		}
	}
	checkPage(t, "progress", shown.String(), 40)
}
