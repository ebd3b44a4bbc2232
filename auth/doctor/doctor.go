// Package doctor looks at all on a machine that bears on Bitbucket, says what is
// well and what is not, and mends it.
//
//	facts := doctor.Examine(ctx, tools, options)   the edges: git, files, helpers, Bitbucket
//	findings := doctor.Judge(facts)                pure
//	doctor.Plan(findings)                          what can be mended, each change once
//	mender.Mend(ctx, fix)                          does it, and keeps what undoes it
//
// Each concern has a file of its own, with what is gathered and what is made of
// it. A finding never holds a secret; a Fix may, in memory. Nothing is forgotten
// that Bitbucket has not just refused.
package doctor

import (
	"fmt"
	"time"

	"bbgit/auth/realgit"
)

// State is how well something is.
type State int

const (
	// OK is well.
	OK State = iota
	// Note is worth knowing, and no trouble.
	Note
	// Attention is not well.
	Attention
)

// String is the state as a person and a script read it.
func (s State) String() string {
	switch s {
	case OK:
		return "ok"
	case Note:
		return "note"
	}
	return "attention"
}

// A Finding is what there is to say about one thing. Its texts are for a person,
// its Check is for scripts and stays.
type Finding struct {
	Check    string   // "git", "reach", "helper", …: the name of the concern's file
	State    State    //
	Where    string   // path of the file or the clone that is meant; "" for the machine
	What     string   // sentences
	Commands []string // what to type, one after another; none where nothing has to be done
	Fix      *Fix     // what --fix does about it; nil where only a person can
}

// Facts are all that was found out. They hold secrets, in memory alone.
type Facts struct {
	Now      time.Time
	System   string // as in runtime.GOOS
	Editor   string // the command of the person's own, as EDITOR has it; "" for none
	Git      Git
	Reach    Reach
	Settings []realgit.Entry // git's configuration, as far as it is the same for all clones
	Clones   []Clone
	Swept    *Sweep // nil where only the clone was looked at that the person stands in
	Helpers  []Helper
	Kept     []Kept
	Netrc    *Kept
	SSH      SSHConfig
	Network  Network
	Keyring  Keyring
	Verdicts Verdicts
}

// Judge says what the facts mean. It is pure.
func Judge(f Facts) []Finding {
	var all []Finding
	for _, judge := range []func(Facts) []Finding{
		judgeGit, judgeReach, judgeKeyring, judgeTokens, judgeHelpers, judgeNames, judgeKept, judgeNetrc,
		judgeURLs, judgeHeaders, judgeSSH, judgeNetwork, judgeSweep,
	} {
		all = append(all, judge(f)...)
	}
	return all
}

// Well tells that nothing wants attention.
func Well(findings []Finding) bool {
	for _, f := range findings {
		if f.State == Attention {
			return false
		}
	}
	return true
}

func find(check string, state State, where, format string, args ...any) Finding {
	return Finding{Check: check, State: state, Where: where, What: fmt.Sprintf(format, args...)}
}

// with adds what to type.
func (f Finding) with(commands ...string) Finding {
	f.Commands = append(f.Commands, commands...)
	return f
}

// mendedBy adds what --fix does.
func (f Finding) mendedBy(fix *Fix) Finding {
	f.Fix = fix
	return f
}
