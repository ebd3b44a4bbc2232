// Package wine is a Windows to run bbgit in, where the machine has none: Wine
// (https://www.winehq.org), with a drive C: of its own for one run of tests.
//
// Wine is no Windows. What holds here has been tried against another maker's
// idea of the same documents; a console, named pipes and the store of
// credentials are among what it has, Unix sockets and mintty are not.
//
//	w, err := wine.New()
//	defer w.Close()
//	cmd := w.Command(w.File("bbgit.exe"), "version")
package wine

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// Programs are what it takes, for need.Programs: Wine, and a compiler for the
// one file that Debian 12's Wine lacks.
var Programs = []string{"wine", "wineserver", "x86_64-w64-mingw32-gcc"}

// Windows is a running Wine.
type Windows struct {
	folder string // holds the drive and the home of a Unix person
}

// startTime bounds the first start, in which Wine writes some 700 MB of
// libraries: 15 s on an idle machine.
const startTime = 3 * time.Minute

// linger is how long Wine's server stays without a program, in seconds. It would
// take five to start for each of them. Where Close is never called, it ends then.
const linger = "-p60"

// New makes a drive and starts Wine.
func New() (*Windows, error) {
	folder, err := os.MkdirTemp("", "bbgit-wine-")
	if err != nil {
		return nil, err
	}
	w := &Windows{folder}
	if err := w.start(); err != nil {
		return nil, errors.Join(fmt.Errorf("starting wine: %w", err), w.Close())
	}
	return w, nil
}

func (w *Windows) start() error {
	if err := os.Mkdir(w.prefix(), 0o700); err != nil {
		return err
	}
	for _, words := range [][]string{{"wineserver", linger}, {"wine", "wineboot", "--init"}} {
		if err := w.onUnix(words...); err != nil {
			return err
		}
	}
	if err := os.Mkdir(w.File(), 0o700); err != nil {
		return err
	}
	return w.addRandom()
}

// Close ends all that runs there, waits until it has ended, and removes the drive.
func (w *Windows) Close() error {
	_ = w.onUnix("wineserver", "-k") // fails where none runs
	return errors.Join(w.onUnix("wineserver", "-w"), os.RemoveAll(w.folder))
}

// prefix is what Wine calls the folder of a machine's drives and settings.
func (w *Windows) prefix() string { return filepath.Join(w.folder, "prefix") }

// Drive is where this machine has a file of drive C:.
func (w *Windows) Drive(elements ...string) string {
	return filepath.Join(append([]string{w.prefix(), "drive_c"}, elements...)...)
}

// home is the folder for the files of a test.
const home = "bb"

// File is where this machine has a file that Name names for Windows.
func (w *Windows) File(elements ...string) string {
	return w.Drive(append([]string{home}, elements...)...)
}

// Name is what such a file is called on Windows.
func Name(elements ...string) string {
	name := `C:\` + home
	for _, e := range elements {
		name += `\` + e
	}
	return name
}

// Command runs a program, named as Windows does or as this machine does. It sees
// the variables that it is given and Windows' own; WINEPATH is the beginning of
// its PATH. Without a terminal it has no console either.
func (w *Windows) Command(program string, args ...string) *exec.Cmd {
	return w.unixCommand(context.Background(), append([]string{"wine", program}, args...)...)
}

func (w *Windows) unixCommand(ctx context.Context, words ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	cmd.Dir = w.folder
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + w.folder,
		"LANG=C.UTF-8",
		"WINEPREFIX=" + w.prefix(),
		"WINEDEBUG=-all",
		// Ours below; and nobody is to offer to install Mono and Gecko.
		"WINEDLLOVERRIDES=" + random + "=n;mscoree,mshtml=",
	}
	return cmd
}

func (w *Windows) onUnix(words ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), startTime)
	defer cancel()
	// A file, and no pipe: the server that a command leaves running would hold it open.
	log, err := os.CreateTemp(w.folder, "log")
	if err != nil {
		return err
	}
	defer log.Close()
	cmd := w.unixCommand(ctx, words...)
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Run(); err != nil {
		said, _ := os.ReadFile(log.Name())
		return fmt.Errorf("%s: %w\n%s", words[len(words)-1], err, said)
	}
	return nil
}

// random is the library that Go's runtime has its random numbers from. Debian
// 12's Wine 8.0 has it not; later ones do.
const random = "bcryptprimitives"

//go:embed testdata/random.c
var randomSource []byte

func (w *Windows) addRandom() error {
	source := filepath.Join(w.folder, "random.c")
	if err := os.WriteFile(source, randomSource, 0o600); err != nil {
		return err
	}
	return w.onUnix("x86_64-w64-mingw32-gcc", "-shared", "-o", w.Drive("windows", "system32", random+".dll"), source, "-ladvapi32")
}
