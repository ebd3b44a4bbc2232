// Bbgit is git, with one thing added: when Bitbucket Cloud refuses a password,
// it explains why, asks for an API token once, and carries the command through.
//
// It has two halves that know nothing of each other. Package passthrough
// forwards a command line to the real git; package auth knows about credentials
// for Bitbucket. Only here are they joined, and in package atonce, which is
// imported for what it does before main begins: for most commands there is
// nothing left to do but to let git take this process's place, and it does.
package main

import (
	"context"
	"os"

	"bbgit/auth"
	"bbgit/auth/command"
	"bbgit/passthrough"
	_ "bbgit/passthrough/atonce" // most commands end there
	"bbgit/passthrough/handover"
)

func main() {
	tools := auth.NewTools(handover.FindGit)
	line := passthrough.Read(os.Args[1:])
	if line.Word == command.Word {
		os.Exit(command.Run(line.Args[:line.At], line.Args[line.At+1:], tools))
	}
	os.Exit(passthrough.Run(line, companion{auth.Companion{Tools: tools}}, tools.Note()))
}

// companion is auth's Companion in passthrough's words.
type companion struct{ auth.Companion }

func (c companion) Lend(_ passthrough.Command, env []string) []string { return c.Companion.Lend(env) }

func (c companion) Join(command passthrough.Command, env []string) passthrough.Attendance {
	return attendance{c.Companion.Join(auth.Command(command), env)}
}

type attendance struct{ *auth.Run }

func (a attendance) After(ctx context.Context, end passthrough.End) *passthrough.Next {
	return (*passthrough.Next)(a.Run.After(ctx, auth.End(end)))
}
