// Package keychain tries how bbgit keeps tokens on macOS, where there is none:
// with go-keyring's own code for macOS and bbgit's, put in the place of what a
// program for Linux has, and a stand-in for the tool that both call, security(1).
package keychain
