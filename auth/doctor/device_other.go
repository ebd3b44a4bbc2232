//go:build !unix

package doctor

import "os"

// device is the same everywhere: Go takes a mount point on Windows for something
// that is not a folder, and so does a sweep.
func device(os.FileInfo) uint64 { return 0 }
