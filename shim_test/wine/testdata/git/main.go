// Git is a stand-in for git.exe where no real one can be run: as far as bbgit can
// tell from outside. It speaks the protocol of credential helpers as git does
// (gitcredentials(7)), and knows one repository, at https://bitbucket.org/you/thesis.git,
// whose server takes the password in the file GOOD_PASSWORD_FILE.
//
//	git push, git fetch         ask for a credential and go to that server
//	git credential fill|approve|reject
//	git remote-https …          what git itself starts to reach a server
//	git config …                prints the configuration
//	git version
//
// and what git has not:
//
//	git show-arguments …        prints them, one a line
//	git show-variable NAME
//	git exit CODE               ends with that status, of 32 bits
//	git wait                    says "ready" and waits to be ended by Ctrl-C
//	git wait-for-it CODE        ends with the status once Ctrl-C or Ctrl-Break came
package main

import (
	"bufio"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"time"
)

func main() {
	settings, args := readOptions(os.Args[1:])
	if len(args) == 0 {
		fail(1, "usage: git COMMAND")
	}
	command, args := args[0], args[1:]
	switch command {
	case "version", "--version":
		fmt.Println("git version 2.47.1.windows.0 (a stand-in)")
	case "push", "fetch":
		dieOfCtrlC()
		goOnline(settings, command)
	case "remote-https":
		remoteHelper(settings)
	case "credential":
		credentialCommand(settings, args[0])
	case "config":
		settings.print()
	case "show-arguments":
		for _, arg := range args {
			fmt.Println(strconv.Quote(arg))
		}
	case "show-variable":
		fmt.Println(os.Getenv(args[0]))
	case "exit":
		leave(args[0])
	case "wait":
		say("ready")
		time.Sleep(time.Minute)
	case "wait-for-it":
		caught := make(chan os.Signal, 1)
		signal.Notify(caught, os.Interrupt)
		say("ready")
		<-caught
		say("caught")
		leave(args[0])
	default:
		fail(1, "git: '"+command+"' is not a git command")
	}
}

func leave(status string) {
	code, err := strconv.ParseUint(status, 0, 32)
	if err != nil {
		fail(1, err.Error())
	}
	os.Exit(int(int32(code)))
}

// dieOfCtrlC ends as Windows ends a program that does nothing about Ctrl-C. Wine
// would end it with 0.
func dieOfCtrlC() {
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, os.Interrupt)
	go func() {
		<-caught
		leave("0xc000013a")
	}()
}

func say(text string) { fmt.Fprintln(os.Stdout, text) }

func fail(code int, text string) {
	fmt.Fprintln(os.Stderr, text)
	os.Exit(code)
}

// goOnline does what git does about credentials in a fetch or a push.
func goOnline(settings configuration, command string) {
	service := map[string]string{"push": "git-receive-pack", "fetch": "git-upload-pack"}[command]
	c, ok := settings.fill(request())
	if !ok {
		fail(128, "fatal: could not read Username for 'https://bitbucket.org': terminal prompts disabled")
	}
	if !serverTakes(c, service) {
		settings.tell("erase", c)
		fail(128, "fatal: Authentication failed for 'https://bitbucket.org/you/thesis.git/'")
	}
	settings.tell("store", c)
	say(command + " is done")
}

// remoteHelper is git-remote-https(1), of which bbgit wants a list.
func remoteHelper(settings configuration) {
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		service := map[string]string{"list": "git-upload-pack", "list for-push": "git-receive-pack"}[lines.Text()]
		if service == "" {
			continue
		}
		c, ok := settings.fill(request())
		if !ok || !serverTakes(c, service) {
			fail(128, "fatal: Authentication failed")
		}
		fmt.Println()
	}
}
