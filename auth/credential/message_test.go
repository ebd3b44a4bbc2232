package credential

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, in string
		key      string
		want     string
		err      error
	}{
		{name: "plain", in: "protocol=https\nhost=bitbucket.org\n\n", key: "host", want: "bitbucket.org"},
		{name: "no empty line at the end", in: "host=h", key: "host", want: "h"},
		{name: "nothing after the empty line", in: "host=h\n\nhost=x\n", key: "host", want: "h"},
		{name: "a value holds =", in: "password=ATATT=1A2B3C4D\n", key: "password", want: "ATATT=1A2B3C4D"},
		{name: "an empty value", in: "username=\n", key: "username", want: ""},
		{name: "the last one counts", in: "host=a\nhost=b\n", key: "host", want: "b"},
		{name: "CRLF", in: "host=h\r\n\r\n", key: "host", want: "h"},
		{name: "empty", in: "", key: "host", want: ""},
		{name: "no =", in: "hello\n", err: ErrSyntax},
		{name: "no key", in: "=x\n", err: ErrSyntax},
		{name: "CR inside", in: "host=a\rb\n", err: ErrSyntax},
		{name: "NUL inside", in: "host=a\x00b\n", err: ErrSyntax},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			m, err := Parse([]byte(tc.in))
			if !errors.Is(err, tc.err) {
				t.Fatalf("error %v, want %v", err, tc.err)
			}
			if got := m.Get(tc.key); got != tc.want {
				t.Errorf("%s = %q, want %q", tc.key, got, tc.want)
			}
		})
	}
}

func TestReadRefusesEndlessInput(t *testing.T) {
	t.Parallel()
	if _, err := Read(strings.NewReader(strings.Repeat("a=b\n", MaxSize))); !errors.Is(err, ErrTooLong) {
		t.Errorf("error %v, want %v", err, ErrTooLong)
	}
}

func TestErrorsHoldNoValue(t *testing.T) {
	t.Parallel()
	_, err := Parse([]byte("password=ATBBsecret\x00\n"))
	if err == nil || strings.Contains(err.Error(), "ATBB") {
		t.Errorf("error %v must exist and not repeat the value", err)
	}
}

func TestWithAndWithout(t *testing.T) {
	t.Parallel()
	m := Message{{"host", "h"}, {"username", "a"}, {"username", "b"}, {"capability[]", "state"}}
	if got, _ := m.With("username", "c").Bytes(); string(got) != "host=h\nusername=c\ncapability[]=state\n" {
		t.Errorf("With gave %q", got)
	}
	if got, _ := m.With("password", "p").Bytes(); !strings.HasSuffix(string(got), "\npassword=p\n") {
		t.Errorf("With did not append: %q", got)
	}
	if got, _ := m.Without("username").Bytes(); string(got) != "host=h\ncapability[]=state\n" {
		t.Errorf("Without gave %q", got)
	}
	if !m.Has("capability[]", "state") || m.Has("capability[]", "authtype") {
		t.Error("Has is wrong about capability[]")
	}
}

func TestBytesRefusesInjection(t *testing.T) {
	t.Parallel()
	for _, m := range []Message{{{"password", "a\nhost=evil"}}, {{"a=b", "c"}}, {{"", "c"}}, {{"k", "\x00"}}, {{"k", "a\rb"}}} {
		if _, err := m.Bytes(); !errors.Is(err, ErrSyntax) {
			t.Errorf("%q was written", m)
		}
	}
}

// FuzzParse: whatever is read is written and read again as the same.
func FuzzParse(f *testing.F) {
	f.Add([]byte("protocol=https\nhost=bitbucket.org\npath=ws/repo.git\nwwwauth[]=Basic realm=\"x\"\n\n"))
	f.Add([]byte("capability[]=state\nstate[]=bbgit=1\r\n"))
	f.Add([]byte("a\x00=b"))
	f.Fuzz(func(t *testing.T, in []byte) {
		m, err := Parse(in)
		if err != nil {
			return
		}
		out, err := m.Bytes()
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		again, err := Parse(out)
		if err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
		if twice, _ := again.Bytes(); !bytes.Equal(out, twice) {
			t.Fatalf("%q became %q", out, twice)
		}
	})
}
