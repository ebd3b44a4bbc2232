package cloud

import (
	"io"
	"net/http"
	"strconv"
)

// Answer is something to say in place of what git came for. Write one of your
// own, take one from Answers, or change a copy of one.
type Answer struct {
	Status   int
	Text     string
	Type     string            // of Text; "" is text/plain, which git shows behind "remote: "
	Header   map[string]string // more headers
	Redirect string            // scheme and host to send the client to, for the same path
	Stall    bool              // say nothing until the client or the server leaves
	Cut      bool              // cut the connection: after Text, or at once when there is no Status
}

// Realm is the challenge in every 401 of Bitbucket's.
const Realm = `Basic realm="Bitbucket.org HTTP"`

const (
	noAccess = "You may not have access to this repository or it no longer exists in this workspace. " +
		"If you think this repository exists and you have access, make sure you are authenticated."

	changed3222 = "CHANGE-3222 - Functionality has been deprecated\n" +
		"App passwords are deprecated and must be replaced with API tokens.\n" +
		"https://developer.atlassian.com/cloud/bitbucket/changelog#CHANGE-3222"

	noAccountPasswords = "Bitbucket Cloud recently stopped supporting account passwords for Git authentication.\n" +
		"See our community post for more details: https://atlassian.community/t5/x/x/ba-p/1948231\n" +
		"App passwords are recommended for most use cases and can be created in your Personal settings:\n" +
		"https://bitbucket.org/account/settings/app-passwords/"

	invalidPassword = "Invalid username or password. If you log in via a third party service " +
		"you must ensure you have an account password set in your account profile."

	// A title for the window, an empty screen, red letters, and text that runs backwards.
	escapes = "\x1b]0;owned\x07\x1b[2J\x1b[31mNot today\x1b[0m today"

	// The box has room for the longest line, and a frame of asterisks.
	planExceeded = "" +
		"********************************************************************************\n" +
		"[ALERT] Your push failed because the account 'acme' has exceeded its\n" +
		"[ALERT] user limit and this repository is restricted to read-only access.\n" +
		"[ALERT]\n" +
		"[ALERT] To restore write access, ask an administrator to change the plan.\n" +
		"********************************************************************************"
)

// Answers is everything that Bitbucket is known to answer, and a few things
// that only a broken network does. The part of a name before the dash is the
// status.
var Answers = map[string]Answer{
	"401":                     {Status: 401}, // no credential was sent
	"401-no-access":           {Status: 401, Text: noAccess},
	"401-invalid-credentials": {Status: 401, Text: "Invalid credentials"},
	"401-login-failed":        {Status: 401, Text: "Login failed due to incorrect login credentials or method."},
	"401-account-password":    {Status: 401, Text: noAccountPasswords},
	"401-invalid-password":    {Status: 401, Text: invalidPassword},
	"402":                     {Status: 402, Text: planExceeded},
	"403":                     {Status: 403}, // for git-lfs, which some report to be told this in place of 401
	"403-scopes":              {Status: 403, Text: "Your credentials lack one or more required privilege scopes."},
	"403-ip":                  {Status: 403, Text: "To access this repository, an admin must whitelist your IP."},
	"403-two-step":            {Status: 403, Text: "To access this repository, enable two-step authentication."},
	"403-html":                {Status: 403, Text: "<html><body>Forbidden</body></html>", Type: "text/html"},
	"404":                     {Status: 404, Text: noAccess},
	"404-silent":              {Status: 404},
	"410":                     {Status: 410, Text: changed3222},
	"410-html":                {Status: 410, Text: "<html><body>Gone</body></html>", Type: "text/html"},
	"429":                     {Status: 429, Text: "Rate limit for this resource has been exceeded"},
	"500":                     {Status: 500},
	"502-html":                {Status: 502, Text: "<html><body>Bad Gateway</body></html>", Type: "text/html"},
	"503":                     {Status: 503, Text: "Service Unavailable"},

	// What drives a terminal, in every place that a client may show.
	"401-escapes": {Status: 401, Text: escapes, Header: map[string]string{"WWW-Authenticate": `Basic realm="` + escapes + `"`}},
	"403-escapes": {Status: 403, Text: escapes},

	"stall":    {Stall: true},
	"cut":      {Cut: true},
	"redirect": RedirectTo("https://github.com"), // or anywhere else
	"garbage":  {Status: 200, Text: "\x00\x01 this is not a pkt-line", Type: "application/x-git-upload-pack-advertisement"},
	"portal":   {Status: 200, Text: "<html><body>Welcome to the hotel's network</body></html>", Type: "text/html"},
}

// RedirectTo sends the client to the same path at another place, such as
// https://github.com.
func RedirectTo(base string) Answer {
	return Answer{Status: http.StatusFound, Redirect: base}
}

// send gives the answer.
func (a Answer) send(w http.ResponseWriter, r *http.Request) {
	// A client that is still sending when the answer comes may never read it.
	io.Copy(io.Discard, r.Body)
	if a.Stall {
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	}
	if a.Status != 0 {
		a.write(w, r)
	}
	if a.Cut {
		hangUp(r.Context())
		panic(http.ErrAbortHandler)
	}
}

func (a Answer) write(w http.ResponseWriter, r *http.Request) {
	header, text := w.Header(), a.Text
	if text != "" {
		text += "\n"
		header.Set("Content-Type", "text/plain")
	}
	if a.Type != "" {
		header.Set("Content-Type", a.Type)
	}
	if a.Status == http.StatusUnauthorized {
		header.Set("WWW-Authenticate", Realm)
	}
	if a.Redirect != "" {
		header.Set("Location", a.Redirect+r.URL.RequestURI())
	}
	for name, value := range a.Header {
		header.Set(name, value)
	}
	length := len(text)
	if a.Cut {
		length++ // a promise that the cut will break
	}
	header.Set("Content-Length", strconv.Itoa(length))
	w.WriteHeader(a.Status)
	io.WriteString(w, text)
	http.NewResponseController(w).Flush()
}
