package secret

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"strings"
	"testing"
	"text/template"
)

// throwAway has the shape of an API token and was never one.
const throwAway = "ATATT3xFfGF0-throw-away-throw-away-throw-away-=DEADBEEF"

type exported struct{ Token Secret }
type unexported struct{ token Secret }
type nested struct {
	inner   unexported
	pointer *exported
	list    []Secret
	byName  map[string]Secret
	any     any
}

type failure struct{ token Secret }

func (f *failure) Error() string { return fmt.Sprintf("refused: %v", f.token) }

func holders() []any {
	s := New(throwAway)
	return []any{
		s, &s, exported{s}, &exported{s}, unexported{s}, &unexported{s}, []Secret{s}, map[string]Secret{"a": s},
		map[Secret]int{s: 1}, [1]unexported{{s}}, any(unexported{s}), struct{ Secret }{s},
		nested{unexported{s}, &exported{s}, []Secret{s}, map[string]Secret{"a": s}, s},
		&failure{s}, fmt.Errorf("wrapped: %w", &failure{s}), errors.Join(&failure{s}),
	}
}

// leaks reports whether text has a recognisable part of the token, in clear or in hexadecimal.
func leaks(text string) bool {
	text = strings.ToLower(text)
	clear := "throw-away"
	return strings.Contains(text, clear) || strings.Contains(text, fmt.Sprintf("%x", clear)) ||
		strings.Contains(text, fmt.Sprintf("% x", clear)) || strings.Contains(text, "116 104 114 111 119")
}

func TestNeverPrinted(t *testing.T) {
	t.Parallel()
	verbs := []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%#x", "%d", "%o", "%b", "%c", "%U", "%T", "%p", "%t", "%e", "%w", "%10.3v"}
	for _, holder := range holders() {
		for _, verb := range verbs {
			if got := fmt.Sprintf(verb, holder); leaks(got) {
				t.Errorf("%s of %T shows the secret", verb, holder)
			}
		}
		if leaks(fmt.Sprintln(holder)) {
			t.Errorf("Sprintln of %T shows the secret", holder)
		}
	}
}

func TestNeverEncoded(t *testing.T) {
	t.Parallel()
	for _, holder := range holders() {
		var out bytes.Buffer
		if b, err := json.Marshal(holder); err == nil {
			out.Write(b)
		}
		slog.New(slog.NewTextHandler(&out, nil)).Info("text", "holder", holder)
		slog.New(slog.NewJSONHandler(&out, nil)).Info("json", "holder", holder)
		log.New(&out, "", 0).Print(holder)
		_ = template.Must(template.New("").Parse("{{.}}")).Execute(&out, holder)
		if leaks(out.String()) {
			t.Errorf("an encoding of %T shows the secret", holder)
		}
	}
}

// TestLeaksIsAbleToSee guards the two tests above against a leaks that never finds anything.
func TestLeaksIsAbleToSee(t *testing.T) {
	t.Parallel()
	plain := struct{ token string }{throwAway}
	for _, verb := range []string{"%v", "%#v", "%x", "% x"} {
		if !leaks(fmt.Sprintf(verb, plain)) {
			t.Errorf("%s of a plain string goes unnoticed", verb)
		}
	}
	if !leaks(fmt.Sprint([]byte(throwAway))) {
		t.Error("a list of byte values goes unnoticed")
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	if New("x").Reveal() != "x" || (Secret{}).Reveal() != "" {
		t.Error("Reveal does not give back what New was given")
	}
	if !(Secret{}).IsZero() || !New("").IsZero() || New("x").IsZero() {
		t.Error("IsZero is wrong")
	}
	if !New("x").Equal(New("x")) || New("x").Equal(New("y")) || New("x").Equal(Secret{}) || !New("").Equal(Secret{}) {
		t.Error("Equal is wrong")
	}
	if b, err := json.Marshal(exported{New("x")}); err != nil || string(b) != `{"Token":"****"}` {
		t.Errorf("JSON: %s %v", b, err)
	}
}

func TestMasked(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 40)
	for _, c := range []struct{ text, want string }{
		{"", hidden},
		{"short", hidden},
		{"ATBB5678901234567890123456789012345", "ATBB…2345"},
		{"ATAT" + long + "1A2B", "ATAT…1A2B"},
		{"ATCT" + long + "1A2B", "ATCT…1A2B"},
		{long + "1A2B", "…1A2B"},
		{"ATAT" + long[:10] + "1A2B", hidden},
		{"ATAT" + long + "\x1b[2J", hidden},
	} {
		if got := New(c.text).Masked(); got != c.want {
			t.Errorf("%d characters: got %s, want %s", len(c.text), got, c.want)
		}
	}
}
