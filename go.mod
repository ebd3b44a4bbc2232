module bbgit

go 1.26.0

// The runtime is not to look whether the number of processors has changed: it
// does so while git waits to be started, and then each second.
godebug updatemaxprocs=0

require (
	github.com/Microsoft/go-winio v0.6.4
	github.com/cli/browser v1.3.0
	github.com/creack/pty v1.1.24
	github.com/godbus/dbus/v5 v5.2.2
	github.com/gofrs/flock v0.13.2
	github.com/rogpeppe/go-internal v1.16.0
	github.com/spf13/cobra v1.10.2
	github.com/zalando/go-keyring v0.2.8
	golang.org/x/sys v0.49.0
	golang.org/x/term v0.47.0
)

require (
	github.com/danieljoos/wincred v1.2.3 // indirect
	github.com/inconshreveable/mousetrap v1.1.0 // indirect
	github.com/spf13/pflag v1.0.9 // indirect
	golang.org/x/tools v0.50.0 // indirect
)
