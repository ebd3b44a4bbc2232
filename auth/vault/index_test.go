package vault

import (
	"fmt"
	"slices"
	"testing"
)

func TestFindAccount(t *testing.T) {
	t.Parallel()
	none := "(none)"
	accounts := func(entries ...entry) index { return index{Accounts: entries} }
	var (
		you     = entry{Name: "you", Worked: []string{"team/app", "team/lib"}}
		me      = entry{Name: "me", Worked: []string{"mine/dots"}}
		nobody  = entry{Name: "", Worked: []string{"open/site"}}
		robot   = entry{Name: "team/tool", Worked: []string{"team/tool"}}
		project = entry{Name: "team/a", Worked: []string{"team/a", "team/b"}}
		fresh   = entry{Name: "team/new"}
	)
	for _, c := range []struct {
		name       string
		x          index
		user, repo string
		want       string
	}{
		{"empty", accounts(), "", "team/app", none},
		{"empty, with a name", accounts(), "you", "team/app", none},
		{"exact name", accounts(me, nobody, you), "you", "mine/dots", "you"},
		{"exact name before a token of the repository", accounts(robot, you), "you", "team/tool", "you"},
		{"names are exact", accounts(you), "YOU", "team/app", none},
		{"unknown name: the unnamed one", accounts(me, nobody, you), "other", "mine/dots", ""},
		{"unknown name: a token of the repository", accounts(nobody, robot), "other", "team/tool", "team/tool"},
		{"unknown name: never another person", accounts(me), "you", "mine/dots", none},
		{"worked in the repository", accounts(me, you), "", "team/lib", "you"},
		{"worked in the repository, any spelling", accounts(me, you), "", "/Team/LIB.git", "you"},
		{"worked in two: the last used", accounts(entry{Name: "a", Worked: []string{"x/y"}}, entry{Name: "b", Worked: []string{"x/y"}}), "", "x/y", "a"},
		{"token of the repository", accounts(you, robot), "", "team/tool", "team/tool"},
		{"token of a project", accounts(you, project), "", "team/b", "team/a"},
		{"token of another repository", accounts(robot), "", "team/app", none},
		{"token that worked nowhere", accounts(fresh), "", "team/new", none},
		{"worked in the workspace", accounts(me, you), "", "team/new", "you"},
		{"not in a workspace that begins alike", accounts(me, you), "", "tea/new", "me"},
		{"token of the workspace's other repository", accounts(robot, me, you), "", "team/new", "you"},
		{"the only one", accounts(you), "", "else/where", "you"},
		{"the only person", accounts(robot, you), "", "else/where", "you"},
		{"the last used", accounts(me, you, nobody), "", "else/where", "me"},
		{"no repository known", accounts(robot, me, you), "", "", "me"},
		{"a name with a slash is no user", accounts(robot), "team/tool", "team/x", none},
	} {
		got, ok := c.x.find(c.user, c.repo)
		if name := got.Name; !ok && c.want != none || ok && name != c.want {
			t.Errorf("%s: got %q %v, want %q", c.name, name, ok, c.want)
		}
	}
}

func TestAccountFor(t *testing.T) {
	t.Parallel()
	var (
		you    = entry{Name: "you", Worked: []string{"team/app"}}
		me     = entry{Name: "me", Worked: []string{"mine/dots"}}
		nobody = entry{Name: "", Worked: []string{"open/site"}}
		robot  = entry{Name: "team/tool", Worked: []string{"team/tool"}}
	)
	for _, c := range []struct {
		name       string
		accounts   []entry
		user, repo string
		want       string
	}{
		{"the first one serves everybody", nil, "you", "team/app", ""},
		{"in place of the name's", []entry{me, nobody, you}, "you", "else/where", "you"},
		{"in place of everybody's, where it worked", []entry{nobody}, "you", "open/site", ""},
		{"not in place of everybody's, elsewhere", []entry{nobody}, "you", "else/where", "you"},
		{"in place of what worked here", []entry{me, you}, "", "team/app", "you"},
		{"in place of what worked in the workspace", []entry{me, you}, "", "team/new", "you"},
		{"not in place of the last used one", []entry{me, you}, "", "else/where", ""},
		{"another name", []entry{me}, "you", "mine/dots", ""},
		{"not in place of an access token", []entry{robot}, "", "team/tool", ""},
		{"two for everybody cannot be", []entry{nobody}, "", "else/where", ""},
	} {
		if got := (index{Accounts: c.accounts}).accountFor(c.user, c.repo); got.Name != c.want {
			t.Errorf("%s: %q, want %q", c.name, got.Name, c.want)
		}
	}
}

func TestUsed(t *testing.T) {
	t.Parallel()
	var x index
	steps := []struct {
		account, repo string
		changed       bool
		order         string
	}{
		{"a", "", true, "[{a []}]"},
		{"a", "", false, "[{a []}]"},
		{"a", "x/1", true, "[{a [x/1]}]"},
		{"a", "X/1.git", false, "[{a [x/1]}]"},
		{"a", "x/2", true, "[{a [x/2 x/1]}]"},
		{"a", "x/1", false, "[{a [x/2 x/1]}]"},
		{"b", "x/1", true, "[{b [x/1]} {a [x/2 x/1]}]"},
		{"a", "", true, "[{a [x/2 x/1]} {b [x/1]}]"},
		{"", "x/3", true, "[{ [x/3]} {a [x/2 x/1]} {b [x/1]}]"},
	}
	for i, step := range steps {
		before := order(x)
		next, changed := x.used(Account{step.account}, step.repo)
		if order(x) != before {
			t.Fatalf("step %d changed the old index", i)
		}
		if changed != step.changed || order(next) != step.order {
			t.Errorf("step %d: %v %v", i, changed, order(next))
		}
		x = next
	}
}

func order(x index) string {
	var list []string
	for _, e := range x.Accounts {
		list = append(list, fmt.Sprintf("{%s %v}", e.Name, e.Worked))
	}
	return fmt.Sprint(list)
}

func TestRepositoriesAreBounded(t *testing.T) {
	t.Parallel()
	var x index
	for i := range 3 * mostRepositories {
		x, _ = x.used(Account{"you"}, fmt.Sprintf("team/%d", i))
		x, _ = x.used(Account{"you"}, "team/0") // always in use, so never dropped
	}
	worked := x.worked(Account{"you"})
	if len(worked) != mostRepositories || !slices.Contains(worked, "team/0") || worked[0] != "team/299" && worked[1] != "team/299" {
		t.Errorf("%d repositories, the first %v", len(worked), worked[:2])
	}
}
