package command

import (
	"github.com/spf13/cobra"

	"bbgit/auth/doctor"
)

// doctorReport is what doctor says to a script. The names stay; new ones may
// come.
type doctorReport struct {
	Well     bool            `json:"well"` // before anything was mended
	Findings []doctorFinding `json:"findings"`
	Changes  []doctorChange  `json:"changes,omitempty"` // with --fix
}

type doctorFinding struct {
	Check    string   `json:"check"`           // what was looked at: "git", "url", …
	State    string   `json:"state"`           // "ok", "note" or "attention"
	Where    string   `json:"where,omitempty"` // path of a file or a clone
	What     string   `json:"what"`            // for a person
	Commands []string `json:"commands"`        // what a person types
	Fixable  bool     `json:"fixable"`         // --fix mends it
}

type doctorChange struct {
	What  string `json:"what"`
	Undo  string `json:"undo,omitempty"`  // the argument of --undo
	Error string `json:"error,omitempty"` // why it was not made
}

func (p *program) doctorJSON(c *cobra.Command, out *page, mender doctor.Mender, findings []doctor.Finding, fix bool) error {
	report := doctorReport{Well: doctor.Well(findings), Findings: []doctorFinding{}}
	for _, f := range findings {
		report.Findings = append(report.Findings, doctorFinding{
			f.Check, f.State.String(), f.Where, f.What, append([]string{}, f.Commands...), f.Fix != nil,
		})
	}
	well := report.Well
	if fix {
		well = len(doctor.LeftToPerson(findings)) == 0
		for _, change := range doctor.Plan(findings) {
			name, err := mender.Mend(c.Context(), change)
			made := doctorChange{What: change.What, Undo: name}
			if err != nil {
				made.Error, well = err.Error(), false
			}
			report.Changes = append(report.Changes, made)
		}
	}
	out.json(report)
	if out.err == nil && !well {
		return errQuiet
	}
	return out.err
}
