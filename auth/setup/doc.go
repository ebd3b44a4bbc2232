// Package setup lets the real git ask bbgit about Bitbucket, and so every program
// that calls git: it puts a few lines into the person's global configuration, and
// takes them out again.
package setup
