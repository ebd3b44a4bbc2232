package passthrough

import (
	"fmt"
	"strings"
	"testing"
)

func TestNote(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		"push":   `"push": it may reach a network, so bbgit stays`,
		"status": `"status": it is local but may have to download something`,
		"config": `"config": it needs no credential`,
		"sync":   `"sync": it is no command of git's`,
		"":       `no command: it needs no credential`,
	} {
		var told string
		Note(func(format string, args ...any) { told = fmt.Sprintf(format, args...) }).way(Command{Word: word})
		if !strings.HasPrefix(told, want) {
			t.Errorf("%q: %s", word, told)
		}
	}
	var nobody Note
	nobody.way(Command{Word: "push"})
	nobody.ended(End{Code: 1})
}
