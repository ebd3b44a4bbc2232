package auth

import (
	"os"

	"bbgit/auth/trace"
)

// Tools are what auth needs to know of the program that it is part of.
type Tools struct {
	Program string                 // absolute path of bbgit
	Git     func() (string, error) // finds the real git
	Trace   *trace.Trace           // where decisions are written down; nil for nowhere
}

// NewTools are the tools of this very program, which git finds.
func NewTools(git func() (string, error)) Tools {
	program, _ := os.Executable()
	return Tools{Program: program, Git: git, Trace: trace.Wanted()}
}

// Note writes down what the other half of bbgit decides; nil for nowhere.
func (t Tools) Note() func(format string, args ...any) {
	if !t.Trace.On() {
		return nil
	}
	return t.Trace.Notef
}
