package command

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"bbgit/auth/doctor"
	"bbgit/auth/terminal"
)

// progressPause is the time between two lines of progress. A line that is
// rewritten in place would be read out again and again by a screen reader, and
// is of no use on a dumb terminal: there is a new one, but seldom.
const progressPause = time.Second

// progress tells on standard error what a long look at many clones is at. Nobody
// is told where that is no terminal, or a dumb one, nor within the first second.
func (p *program) progress(c *cobra.Command) func(doctor.Stage, int, int) {
	errors, ok := c.ErrOrStderr().(*os.File)
	if !ok || terminal.Columns(errors) == 0 || os.Getenv("TERM") == "dumb" {
		return nil
	}
	return sparse(p.pageOn(errors), time.Now)
}

// sparse shows what it is told at most once in each pause.
func sparse(out *page, now func() time.Time) func(doctor.Stage, int, int) {
	var mu sync.Mutex
	next := now().Add(progressPause)
	return func(stage doctor.Stage, done, whole int) {
		mu.Lock()
		defer mu.Unlock()
		if now := now(); now.After(next) {
			next = now.Add(progressPause)
			out.paragraph("%s", progressLine(stage, done, whole))
		}
	}
}

// progressLine is one line: "[#####-----] 20 of 40 clones looked at".
func progressLine(stage doctor.Stage, done, whole int) string {
	const length = 20
	switch stage {
	case doctor.Looking:
		return fmt.Sprintf("looking for clones: %d so far", done)
	case doctor.Asking:
		return fmt.Sprintf("%s %d of %d questions answered by Bitbucket", bar(done, whole, length), done, whole)
	}
	return fmt.Sprintf("%s %d of %d clones looked at", bar(done, whole, length), done, whole)
}

func bar(done, whole, length int) string {
	filled := length
	if whole > 0 {
		filled = done * length / whole
	}
	return "[" + strings.Repeat("#", filled) + strings.Repeat("-", length-filled) + "]"
}
