package passthrough

import "os"

func gitNames() []string { return namesOf("git", os.Getenv("PATHEXT")) }

// runnable needs no more than a file: what can be run is said by its name.
func runnable(_ string, info os.FileInfo) bool { return info.Mode().IsRegular() }
