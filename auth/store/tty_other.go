//go:build !linux

package store

// terminalName: the person sets GPG_TTY here, as gpg-agent(1) says, or has a window.
func terminalName() string { return "" }
