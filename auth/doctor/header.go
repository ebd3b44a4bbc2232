package doctor

import (
	"encoding/base64"
	"strings"

	"bbgit/auth/realgit"
	"bbgit/auth/terminal"
)

// A header is an Authorization header in git's configuration, which curl sends
// in place of every credential.
type header struct {
	entry        realgit.Entry
	scheme       string // "Basic", "Bearer"
	payload      string // what stands behind it
	user, secret string // of Basic; "" otherwise
}

// headers are those that git sends to Bitbucket. An empty value drops the ones
// before it (git-config(1), http.extraHeader).
func headers(entries []realgit.Entry) (list []header) {
	for _, e := range entries {
		if !realgit.ConcernsBitbucket(e.Key, "http", "extraheader") {
			continue
		}
		name, value, _ := strings.Cut(e.Value, ":")
		switch {
		case e.Value == "":
			list = nil
		case strings.EqualFold(strings.TrimSpace(name), "authorization"):
			list = append(list, readHeader(e, value))
		}
	}
	return list
}

func readHeader(e realgit.Entry, value string) header {
	h := header{entry: e}
	h.scheme, h.payload, _ = strings.Cut(strings.TrimSpace(value), " ")
	h.payload = strings.TrimSpace(h.payload)
	if strings.EqualFold(h.scheme, "basic") {
		if text, err := base64.StdEncoding.DecodeString(h.payload); err == nil {
			h.user, h.secret, _ = strings.Cut(string(text), ":")
		}
	}
	return h
}

// allHeaders are those for all clones, and those of each.
func (f Facts) allHeaders() (list []header) {
	list = headers(f.Settings)
	for _, c := range f.Clones {
		for _, file := range c.Files {
			if !file.Tracked {
				list = append(list, headers(file.Entries)...)
			}
		}
	}
	return list
}

// suspect is the credential in a header, asked about with the user name that it
// has there: git sends it as it is.
func (h header) suspect(f Facts) Suspect { return Suspect{h.user, h.secret, f.somewhere("")} }

func judgeHeaders(f Facts) []Finding {
	const check = "header"
	var all []Finding
	for _, h := range f.allHeaders() {
		file := h.entry.File()
		what := "An Authorization header for Bitbucket is set in " + origin(h.entry) + " (" + terminal.Plain(h.entry.Key) +
			"). Git sends it in place of every password and token, so that a new token changes nothing"
		found := find(check, Attention, file, "%s.", what)
		if h.secret != "" {
			x := h.suspect(f)
			v := f.Verdicts.of(x.User, x.Secret)
			switch lifeOf(h.secret, v) {
			case alive:
				found = find(check, Note, file, "%s. It holds %s, and that works.", what, kind(h.secret))
			case dead:
				found = find(check, Attention, file, "%s. It holds %s%s", what, kind(h.secret), verdictSentence(h.secret, v))
				found.Fix = h.fix()
			default:
				found = find(check, Attention, file, "%s. It holds %s%s", what, kind(h.secret), verdictSentence(h.secret, v))
			}
		}
		if found.State == Attention {
			found = found.with(terminal.Plain(realgit.TakeOut(h.entry, f.allSettings(), "^[Aa]uthorization:")))
		}
		all = append(all, found)
	}
	return all
}

// fix takes the line out, so that the secret need not be among the arguments of a
// git.
func (h header) fix() *Fix {
	file := h.entry.File()
	if file == "" {
		return nil
	}
	return &Fix{
		What: "take the header with " + kind(h.secret) + " out of " + shown(file), File: file, secret: true, id: file + "\x00" + h.payload,
		edit: withoutLines(func(line string) bool {
			return strings.Contains(line, h.payload) && strings.Contains(strings.ToLower(line), "extraheader")
		}),
	}
}
