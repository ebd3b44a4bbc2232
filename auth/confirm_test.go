package auth

import "testing"

func TestReadYesNo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		line              string
		usual, answer, ok bool
	}{
		{"", true, true, true},
		{" \t", false, false, true},
		{"y", false, true, true},
		{" Yes ", false, true, true},
		{"N", true, false, true},
		{"no", true, false, true},
		{"nope", true, false, false},
		{"ATATT3xFfGF0", true, false, false},
		{"yn", true, false, false},
	} {
		if answer, ok := readYesNo(c.line, c.usual); answer != c.answer || ok != c.ok {
			t.Errorf("%q, Enter means %v: %v, %v", c.line, c.usual, answer, ok)
		}
	}
}
