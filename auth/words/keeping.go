package words

import (
	"strconv"
	"strings"
)

// Place is what people call the place where a token is kept.
type Place string

// Cache is the place whose memory is short.
const Cache Place = "git's cache in memory"

// Trouble is why a token is not kept where it should be.
type Trouble int

const (
	// NoTrouble: it is kept.
	NoTrouble Trouble = iota
	// NoKeyring: this computer, or this session, has none.
	NoKeyring
	// NoLogonSession: Windows keeps no credentials for this logon.
	NoLogonSession
	// KeyringLocked: it asked for its password and got none, or could ask nobody.
	KeyringLocked
	// KeyringSilent: it does not answer at all.
	KeyringSilent
	// KeyringSlow: it did not answer in time.
	KeyringSlow
	// PassedOver: the person did not want to wait.
	PassedOver
	// TooLong: the place takes shorter texts only.
	TooLong
	// NotThere: the place said that it keeps the token, and does not.
	NotThere
	// Declined: the person wants it nowhere.
	Declined
	// UnknownPlace: the setting names none that there is; Detail says which there are.
	UnknownPlace
	// OtherTrouble: what went wrong is said by Detail alone.
	OtherTrouble
	// NotChosen: the person was asked for a place, and named none.
	NotChosen
	// NoList: the list of accounts cannot be read or written, so that nothing can be kept.
	NoList
)

// Computer is what the commands to type depend on.
type Computer struct {
	System string // as Go calls it: "linux", "darwin", "windows"
	Remote bool   // reached over ssh
	Apt    bool   // a Debian or one of its kin
	Bus    bool   // has a session bus, without which no keyring can be reached: containers and bare servers lack one
	// Wincred is the path of git's helper for Windows' credentials, seen from a Linux inside Windows (WSL).
	Wincred string
}

// Unkept says why a token is not kept, and what to do about it.
type Unkept struct {
	Trouble Trouble
	Place   Place    // where it should be kept
	Detail  string   // in the place's own words, "" for none
	On      Computer // what is typed where
}

// Why is the reason, as a part of a sentence.
func (u Unkept) Why() string {
	switch u.Trouble {
	case NoKeyring:
		return "there is no keyring here" + u.detail()
	case NoLogonSession:
		return "Windows keeps no credentials for this logon, as over ssh with a key"
	case KeyringLocked:
		return string(u.Place) + " stayed locked"
	case KeyringSilent:
		return string(u.Place) + " does not answer"
	case KeyringSlow:
		return string(u.Place) + " did not answer in time"
	case PassedOver:
		return "you passed " + string(u.Place) + " over"
	case Declined:
		return "as you chose"
	case NotChosen:
		return "no place was chosen"
	case NoList:
		return "bbgit's own list of accounts cannot be used" + u.detail()
	case UnknownPlace:
		return "git's setting bbgit.store is wrong" + u.detail()
	case TooLong:
		return "the token is too long for " + string(u.Place)
	case NotThere:
		return string(u.Place) + " said that it keeps it, and did not"
	}
	return string(u.Place) + " cannot be used" + u.detail()
}

func (u Unkept) detail() string {
	if u.Detail == "" {
		return ""
	}
	return " (" + u.Detail + ")"
}

// elsewhere is the command that has tokens kept in another place from now on.
const elsewhere = "git config --global bbgit.store "

// Remedy is what to do, and the command to type; both are "" where nothing is
// to be done.
func (u Unkept) Remedy() (text, command string) {
	switch u.Trouble {
	case NoKeyring:
		if u.On.Wincred != "" {
			return "To let Windows keep tokens, through its own git:", elsewhere + "'helper:" + strings.ReplaceAll(u.On.Wincred, " ", `\ `) + "'"
		}
		if u.On.Apt && u.On.Bus && !u.On.Remote {
			return "To have one:", "sudo apt install gnome-keyring"
		}
		return "To keep tokens in memory for some hours instead:", elsewhere + "cache"
	case NoLogonSession:
		return "Log in with your password, or keep tokens in a file that is not encrypted:", elsewhere + "file"
	case KeyringLocked:
		if u.On.System == "darwin" {
			return "To unlock it, and then try again:", "security unlock-keychain"
		}
		if u.On.Remote {
			return "Unlock it at its desktop, or keep tokens in memory for some hours:", elsewhere + "cache"
		}
		return "Answer its question next time, or keep tokens in memory for some hours:", elsewhere + "cache"
	case KeyringSilent:
		if u.On.System == "linux" {
			return "To start it anew:", "systemctl --user restart gnome-keyring-daemon"
		}
		return "Log out and in again. To keep tokens elsewhere:", elsewhere + "file"
	case KeyringSlow:
		return "Run the command again and answer its question. To have more time for that, in seconds:", "git config --global bbgit.keyringTimeout 300"
	case TooLong, NotThere:
		return "To keep tokens in a file that is not encrypted:", elsewhere + "file"
	case OtherTrouble, UnknownPlace:
		return "To keep tokens elsewhere, such as the keyring:", elsewhere + "keyring"
	}
	return "", ""
}

// remedy is the remedy as lines behind a message.
func (s Style) remedy(u Unkept) string {
	text, command := u.Remedy()
	if command == "" {
		return ""
	}
	return s.fill(text, "", "") + s.command(command)
}

// NotKept is said after success where the token could not be kept. It serves a
// command all the same, but where that has ended, or is a login.
func (s Style) NotKept(u Unkept, serves bool) string {
	accepted := "token accepted"
	if serves {
		accepted += " for this command"
	}
	return s.say(accepted+", but not kept: "+u.Why()) + s.remedy(u)
}

// NoPlace says that a login is in vain.
func (s Style) NoPlace(u Unkept) string {
	return s.say("a token cannot be kept here: "+u.Why()) + s.remedy(u)
}

// StoreTrouble says why kept tokens cannot be read or forgotten.
func (s Style) StoreTrouble(u Unkept) string {
	return s.say("kept tokens can be neither read nor forgotten here: "+u.Why()) + s.remedy(u)
}

// StoreWaits says what is waited for, and what Ctrl-C does then.
func (s Style) StoreWaits(p Place, over bool) string {
	key := "Ctrl-C stops"
	if over {
		key = "Ctrl-C goes on without it"
	}
	return s.say("waiting for " + string(p) + ", which may be asking for its password, perhaps in a window (" + key + ")")
}

// Choice is a place that a person can choose, and what that means.
type Choice struct {
	Place Place
	Terms string
}

// What the places mean for a person.
const (
	TermsOfPass  = "encrypted with your GPG key, which asks for its passphrase from time to time"
	TermsOfCache = "nothing is written to the disk; after 8 hours, or a restart, you need the token again, so keep a copy in a password manager"
	TermsOfFile  = "it lasts, and only you can read the file, but it is not encrypted"
)

// WhereToKeep asks where a token is to be kept, the safest place first. The
// number is typed behind it.
func (s Style) WhereToKeep(u Unkept, choices []Choice, why Why) string {
	nowhere := "nowhere: it serves this command only"
	if why == LoggingIn {
		nowhere = "nowhere"
	}
	text := s.say("token accepted. Where shall it be kept? "+capital(u.Why())+". What you choose counts from now on, for all tokens.") + "\n"
	for i, c := range choices {
		text += s.choice(i+1, "in "+string(c.Place)+": "+c.Terms)
	}
	return text + s.choice(len(choices)+1, nowhere) + "\n"
}

func (s Style) choice(number int, text string) string {
	return s.fill(strconv.Itoa(number)+". "+text, "  ", "     ")
}

// NumberPrompt stands before the number of a choice.
const NumberPrompt = "Number [1]: "

// Numbers says what can be answered.
func (s Style) Numbers(most int) string {
	return s.say("please type a number from 1 to " + strconv.Itoa(most) + ", then Enter; Enter alone is 1")
}

// PlainTextAllowed asks for the yes without which nothing is written unencrypted.
func PlainTextAllowed(p Place) string {
	return "The token will stand in " + string(p) + " unencrypted: every program that runs under your name can read it, and so can whoever gets at a backup. Keep it there?"
}

// Remembered says how a choice can be taken back.
func (s Style) Remembered(command string) string {
	return s.fill("To be asked again where tokens are to be kept:", "", "") + s.command(command)
}

func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
