// Security is a stand-in for macOS's security(1), as far as go-keyring calls it.
// Its keychain is the folder of the program: a file "state" with one of
//
//	unlocked
//	locked      and nobody can be asked, as over ssh
//	cancelled   the person closes the window that asks for the password
//	refused     the password was wrong
//	careless    nothing is saved, and nothing is said of it
//
// a file "items", and a file "log" with the arguments of all calls.
//
// What it says and the statuses it ends with are those of the real one: 44
// errSecItemNotFound, 45 errSecDuplicateItem, 36 errSecInteractionNotAllowed, 128
// errSecUserCanceled, 51 errSecAuthFailed; each is the low byte of the OSStatus.
// With -w, the real one says nothing where it cannot show a password
// (https://github.com/fastlane-community/security/pull/24). With -i it reads
// commands and ends with 0 (https://github.com/zalando/go-keyring/issues/153).
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// Statuses.
const (
	usage                 = 2
	interactionNotAllowed = 36
	itemNotFound          = 44
	duplicateItem         = 45
	authFailed            = 51
	userCanceled          = 128
)

var folder = filepath.Dir(must(os.Executable()))

func main() {
	log := must(os.OpenFile(filepath.Join(folder, "log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600))
	fmt.Fprintf(log, "%q\n", os.Args[1:])
	log.Close()
	if len(os.Args) == 2 && os.Args[1] == "-i" {
		for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
			call(split(lines.Text()))
		}
		return
	}
	os.Exit(call(os.Args[1:]))
}

func call(args []string) (status int) {
	if len(args) == 0 {
		return usage
	}
	command, options := args[0], parse(args[1:])
	switch command {
	case "add-generic-password":
		return add(options)
	case "find-generic-password":
		return find(options)
	case "delete-generic-password":
		return remove(options)
	case "show-keychain-info":
		return unlock("SecKeychainCopySettings <NULL>")
	}
	fmt.Fprintf(os.Stderr, "security: unknown command %q\n", command)
	return usage
}

// An item is a generic password.
type item struct{ Service, Account, Password string }

func add(o map[rune]string) int {
	if status := unlock("SecKeychainItemCreateFromContent (<default>)"); status != 0 {
		return status
	}
	if state() == "careless" {
		return 0
	}
	items := read()
	at := index(items, o)
	if _, update := o['U']; at >= 0 && !update {
		return say("SecKeychainItemCreateFromContent (<default>)", "The specified item already exists in the keychain.", duplicateItem)
	}
	if at >= 0 {
		items = slices.Delete(items, at, at+1)
	}
	write(append(items, item{o['s'], o['a'], o['w']}))
	return 0
}

func find(o map[rune]string) int {
	items := read()
	at := index(items, o)
	if at < 0 {
		return say("SecKeychainSearchCopyNext", "The specified item could not be found in the keychain.", itemNotFound)
	}
	if status := unlock(""); status != 0 {
		return status
	}
	password := items[at].Password
	if strings.ContainsFunc(password, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsPrint(r) }) {
		password = fmt.Sprintf("%x", password)
	}
	fmt.Println(password)
	return 0
}

func remove(o map[rune]string) int {
	items := read()
	at := index(items, o)
	if at < 0 {
		return say("SecKeychainSearchCopyNext", "The specified item could not be found in the keychain.", itemNotFound)
	}
	write(slices.Delete(items, at, at+1))
	fmt.Println("password has been deleted.")
	return 0
}

// unlock says in the name of a function what the state of the keychain says, and
// nothing in the name of none.
func unlock(function string) int {
	switch state() {
	case "locked":
		return say(function, "User interaction is not allowed.", interactionNotAllowed)
	case "cancelled":
		return say(function, "User canceled the operation.", userCanceled)
	case "refused":
		return say(function, "The user name or passphrase you entered is not correct.", authFailed)
	}
	return 0
}

func say(function, text string, status int) int {
	if function != "" {
		fmt.Fprintf(os.Stderr, "security: %s: %s\n", function, text)
	}
	return status
}

func state() string {
	return strings.TrimSpace(string(must(os.ReadFile(filepath.Join(folder, "state")))))
}

func read() (items []item) {
	text, err := os.ReadFile(filepath.Join(folder, "items"))
	if err == nil {
		err = json.Unmarshal(text, &items)
	}
	if err != nil && !os.IsNotExist(err) {
		panic(err)
	}
	return items
}

func write(items []item) {
	if err := os.WriteFile(filepath.Join(folder, "items"), must(json.Marshal(items)), 0o600); err != nil {
		panic(err)
	}
}

// index finds an item. An account that is not given, or empty, is any.
func index(items []item, o map[rune]string) int {
	return slices.IndexFunc(items, func(i item) bool {
		return i.Service == o['s'] && (o['a'] == "" || i.Account == o['a'])
	})
}

// parse reads options as getopt(3) does. -w has a value in add-generic-password
// and none in find-generic-password, where it comes with others: -wa NAME.
func parse(args []string) map[rune]string {
	options := make(map[rune]string)
	for ; len(args) > 0; args = args[1:] {
		letters := []rune(strings.TrimPrefix(args[0], "-"))
		for _, letter := range letters[:len(letters)-1] {
			options[letter] = ""
		}
		last := letters[len(letters)-1]
		options[last] = ""
		if last != 'U' && len(args) > 1 {
			options[last], args = args[1], args[1:]
		}
	}
	return options
}

// split splits a line into words as security does: quotes of both kinds, and a
// backslash outside of single ones.
func split(line string) (words []string) {
	var word strings.Builder
	var quote rune
	var inWord, escaped bool
	for _, c := range line {
		switch {
		case escaped:
			word.WriteRune(c)
			escaped = false
		case c == '\\' && quote != '\'':
			escaped, inWord = true, true
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '\'' || c == '"'):
			quote, inWord = c, true
		case quote == 0 && unicode.IsSpace(c):
			if inWord {
				words = append(words, word.String())
			}
			word.Reset()
			inWord = false
		default:
			word.WriteRune(c)
			inWord = true
		}
	}
	if inWord {
		words = append(words, word.String())
	}
	return words
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
