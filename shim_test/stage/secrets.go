package stage

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Secrets are the passwords and tokens of a story. A story speaks of them by name: `<TOKEN>` stands for the secret that
// is called TOKEN. Reveal puts the secrets in, at the last moment; Mask takes them out of whatever is shown.
// The zero value is empty and ready.
type Secrets struct {
	mu   sync.Mutex
	list []secret
}

type secret struct {
	name   string
	value  string
	traces [][]byte // how it looks where it leaked
}

// Add names a secret. A name that exists gets another value; the old one stays masked and watched for.
func (s *Secrets) Add(name, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = slices.Insert(s.list, 0, secret{name, value, traces(value)})
}

// Placeholder is what stands for the secret of that name.
func Placeholder(name string) string { return "<" + name + ">" }

// Reveal replaces the placeholders in text by the secrets.
func (s *Secrets) Reveal(text string) string {
	for _, known := range s.all() {
		text = strings.ReplaceAll(text, Placeholder(known.name), known.value)
	}
	return text
}

// Mask replaces the secrets in text by their placeholders, in every form in which the Watcher would find them.
func (s *Secrets) Mask(text string) string {
	for _, known := range s.all() {
		for _, trace := range known.traces {
			text = strings.ReplaceAll(text, string(trace), Placeholder(known.name))
		}
	}
	return text
}

// In lists the names of the secrets that occur in data.
func (s *Secrets) In(data []byte) []string {
	var names []string
	for _, known := range s.all() {
		if known.leakedInto(data) && !slices.Contains(names, known.name) {
			names = append(names, known.name)
		}
	}
	return names
}

func (s *Secrets) all() []secret {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.list)
}

func (s secret) leakedInto(data []byte) bool {
	return slices.ContainsFunc(s.traces, func(trace []byte) bool { return bytes.Contains(data, trace) })
}

var escape = regexp.MustCompile("%..")

func smallEscapes(text string) string { return escape.ReplaceAllStringFunc(text, strings.ToLower) }

// traces are the secret as it is, as part of a URL, and as part of an Authorization header. Base64 looks different at
// each of the three places where a secret can begin within a group of three bytes; the characters at the edges mix
// with their neighbours and are left out.
func traces(value string) [][]byte {
	found := [][]byte{[]byte(value)}
	if escaped := url.QueryEscape(value); escaped != value {
		found = append(found, []byte(escaped), []byte(smallEscapes(escaped))) // git writes small letters
	}
	for before := range 3 {
		padded := make([]byte, before, before+len(value))
		encoded := base64.RawStdEncoding.EncodeToString(append(padded, value...))
		first, last := (before*8+5)/6, (before+len(value))*8/6
		found = append(found, []byte(encoded[first:last]))
	}
	return found
}
