package words

import (
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	t.Parallel()
	titles := []string{"Account", "Kept in"}
	rows := [][]string{{"you", "your keyring"}, {"somebody-else"}}
	for _, c := range []struct {
		width int
		want  string
	}{
		{0, "ACCOUNT        KEPT IN\nyou            your keyring\nsomebody-else\n"},
		{27, "ACCOUNT        KEPT IN\nyou            your keyring\nsomebody-else\n"},
		{26, "Account: you\nKept in: your keyring\n\nAccount: somebody-else\n"},
	} {
		if got := (Style{Width: c.width}).Table(titles, rows); got != c.want {
			t.Errorf("width %d:\n%s\nwant:\n%s", c.width, got, c.want)
		}
	}
}

func TestPairs(t *testing.T) {
	t.Parallel()
	pairs := [][2]string{{"logout [ACCOUNT]", "Forget the token of one account, or all of them, on this computer"}, {"open", ""}}
	for _, c := range []struct {
		width int
		want  string
	}{
		{80, "  logout [ACCOUNT]   Forget the token of one account, or all of them, on this\n                     computer\n  open\n"},
		{40, "  logout [ACCOUNT]\n      Forget the token of one account,\n      or all of them, on this computer\n  open\n"},
	} {
		if got := (Style{Width: c.width}).Pairs(pairs); got != c.want {
			t.Errorf("width %d:\n%s\nwant:\n%s", c.width, got, c.want)
		}
	}
}

// A command that is broken is still the same command in a shell.
func TestABrokenCommandCanBeCopied(t *testing.T) {
	t.Parallel()
	const line = `git config --global --unset-all credential.helper '^!my  own helper with  spaces$' "and more"`
	got := Style{Width: 40}.Command(line)
	want := "  git config --global --unset-all \\\n    credential.helper \\\n    '^!my  own helper with  spaces$' \\\n    \"and more\"\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if whole := strings.Join(strings.Split(strings.TrimSpace(got), " \\\n    "), " "); whole != line {
		t.Errorf("put together it is %s", whole)
	}
}
