package command

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"bbgit/auth/envconfig"
	"bbgit/auth/terminal"
)

// A shell is what there is to know of one to make git mean bbgit in it.
type shell struct {
	name  string
	lines func(program string) []string // program is what bbgit is called there
	path  func(folder string) string    // puts a folder behind those in PATH
	file  func() string                 // that it reads when it starts, as people write it
	more  string                        // what else to know
	typed string                        // and to type
}

var aliasShells = []shell{
	{
		name: "bash",
		lines: func(program string) []string {
			return []string{"alias git=" + program, "source <(" + program + " " + Word + " completion bash)"}
		},
		path: func(folder string) string { return "export PATH=$PATH:" + envconfig.Quoted(folder) },
		file: func() string {
			if runtime.GOOS == "darwin" { // its terminals start login shells, which do not read the other
				return "~/.bash_profile"
			}
			return "~/.bashrc"
		},
	},
	{
		name: "zsh",
		lines: func(program string) []string {
			return []string{"alias git=" + program, "(( $+functions[compdef] )) && source <(" + program + " " + Word + " completion zsh)"}
		},
		path: func(folder string) string { return "export PATH=$PATH:" + envconfig.Quoted(folder) },
		file: func() string { return belowHome(os.Getenv("ZDOTDIR"), ".zshrc") },
	},
	{
		name: "fish",
		lines: func(program string) []string {
			return []string{"alias git=" + program, program + " " + Word + " completion fish | source"}
		},
		path: func(folder string) string { return "fish_add_path --append " + envconfig.Quoted(folder) },
		file: func() string {
			if dir := os.Getenv("XDG_CONFIG_HOME"); dir != "" {
				return belowHome(dir, "fish", "config.fish")
			}
			return "~/.config/fish/config.fish"
		},
	},
	{
		name: "powershell",
		lines: func(program string) []string {
			return []string{"Set-Alias git " + program, program + " " + Word + " completion powershell | Out-String | Invoke-Expression"}
		},
		path: func(folder string) string {
			return "$env:PATH += [IO.Path]::PathSeparator + '" + strings.ReplaceAll(folder, "'", "''") + "'"
		},
		file:  func() string { return "$PROFILE" },
		more:  "If that file is not there, this makes it:",
		typed: "New-Item -Force $PROFILE",
	},
	{
		name:  "cmd",
		lines: func(program string) []string { return []string{"doskey git=" + program + " $*"} },
		path:  func(folder string) string { return `set "PATH=%PATH%;` + folder + `"` },
		file:  func() string { return `%USERPROFILE%\bbgit.cmd` },
		more:  "The Command Prompt completes file names alone. It reads that file at its start when you have told it so:",
		typed: `reg add "HKCU\Software\Microsoft\Command Processor" /v AutoRun /d "%USERPROFILE%\bbgit.cmd"`,
	},
	{
		name:  "nushell",
		lines: func(program string) []string { return []string{"alias git = " + program} },
		path:  func(folder string) string { return "$env.PATH = ($env.PATH | append r#'" + folder + "'#)" },
		file:  func() string { return "$nu.config-path" },
		more:  "Nushell completes git's words only with a completer of your own: let it take bbgit for git. This opens that file:",
		typed: "config nu",
	},
}

func shellNamed(name string) (shell, bool) {
	for _, s := range aliasShells {
		if s.name == name {
			return s, true
		}
	}
	return shell{}, false
}

// shellOfProgram knows a shell by the name of its program, as processes have it:
// "-zsh" is one that somebody has logged in to.
func shellOfProgram(program string) (shell, bool) {
	name := filepath.Base(filepath.ToSlash(strings.TrimSpace(program)))
	name = strings.TrimSuffix(strings.ToLower(strings.TrimPrefix(name, "-")), ".exe")
	switch name {
	case "pwsh", "pwsh-preview":
		name = "powershell"
	case "nu":
		name = "nushell"
	case "rbash":
		name = "bash"
	}
	return shellNamed(name)
}

// shellInUse is the one that has started us or, where something else has, the one
// that the person logs in to.
func shellInUse() (shell, bool) {
	if s, ok := shellOfProgram(parentProgram()); ok {
		return s, true
	}
	return shellOfProgram(os.Getenv("SHELL"))
}

// belowHome is a path as people write it; no folder means the home folder.
func belowHome(folder string, names ...string) string {
	if folder == "" {
		return "~/" + strings.Join(names, "/")
	}
	return terminal.Plain(shown(filepath.Join(append([]string{folder}, names...)...)))
}
