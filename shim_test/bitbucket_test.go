//go:build unix

package shim_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"bbgit/shim_test/cloud"

	"github.com/rogpeppe/go-internal/testscript"
)

// bitbucket sets up the cloud, or shows something of it.
func (s *story) bitbucket(ts *testscript.TestScript, args []string) {
	args, options := splitOptions(args)
	if len(args) == 0 || deeds[args[0]].do == nil {
		ts.Fatalf("bitbucket can: %s", strings.Join(slices.Sorted(maps.Keys(deeds)), ", "))
	}
	deed, args := deeds[args[0]], args[1:]
	if len(args) < deed.arguments {
		ts.Fatalf("something is missing")
	}
	deed.do(s, ts, args, options)
}

type deed struct {
	arguments int // at the least
	do        func(s *story, ts *testscript.TestScript, args []string, options map[string]string)
}

var deeds = map[string]deed{
	"repository":       {1, (*story).addRepository},
	"account":          {1, (*story).addAccount},
	"api-token":        {2, (*story).addAPIToken},
	"access-token":     {2, (*story).addAccessToken},
	"app-password":     {2, addPassword(cloud.AppPassword, cloud.NewAppPassword)},
	"old-app-password": {2, addPassword(cloud.AppPassword, cloud.NewOldAppPassword)},
	"account-password": {2, addPassword(cloud.AccountPassword, cloud.NewOldAppPassword)},
	"login":            {3, (*story).addLogin},
	"revoke":           {1, setState(cloud.Revoked)},
	"expire":           {1, setState(cloud.Expired)},
	"retire":           {2, (*story).retire},
	"fail":             {1, (*story).fail},
	"heal":             {0, (*story).heal},
	"commit":           {3, (*story).commit},
	"ref":              {2, (*story).ref},
	"requests":         {0, (*story).requests},
	"forget":           {0, (*story).forget},
}

func splitOptions(args []string) (plain []string, options map[string]string) {
	options = map[string]string{}
	for _, arg := range args {
		if name, value, ok := strings.Cut(arg, "="); ok {
			options[name] = value
		} else {
			plain = append(plain, arg)
		}
	}
	return plain, options
}

func (s *story) addRepository(ts *testscript.TestScript, args []string, options map[string]string) {
	repository := cloud.Repository{Public: slices.Contains(args[1:], "public")}
	repository.Workspace, repository.Name, _ = strings.Cut(args[0], "/")
	if branch := options["protect"]; branch != "" {
		repository.Hooks = map[string]string{"pre-receive": cloud.BranchRule(branch)}
	}
	if file := options["lfs"]; file != "" {
		repository.LFS = map[string]string{file: "a large file\n"}
	}
	for _, other := range strings.Fields(strings.ReplaceAll(options["submodule"], ",", " ")) {
		_, name, _ := strings.Cut(other, "/")
		repository.Submodules = append(repository.Submodules, cloud.Submodule{Path: name, Repository: other})
	}
	ts.Check(s.cloud.AddRepository(repository))
}

func (s *story) addAccount(_ *testscript.TestScript, args []string, options map[string]string) {
	account := cloud.Account{Name: args[0], Email: args[0] + "@example.com", Access: map[string]cloud.Right{}}
	if len(options) == 0 {
		options["writes"] = args[0] + "/*"
	}
	if pattern := options["reads"]; pattern != "" {
		account.Access[pattern] = cloud.Read
	}
	if pattern := options["writes"]; pattern != "" {
		account.Access[pattern] = cloud.Write
	}
	s.cloud.AddAccount(account)
}

func (s *story) addAPIToken(ts *testscript.TestScript, args []string, _ map[string]string) {
	s.add(ts, cloud.Secret{Label: args[0], Value: cloud.NewAPIToken(), Account: args[1], Scopes: scopes(args[2:])})
}

func (s *story) addAccessToken(ts *testscript.TestScript, args []string, _ map[string]string) {
	s.add(ts, cloud.Secret{
		Label: args[0], Value: cloud.NewAccessToken(), Kind: cloud.AccessToken,
		Reach: []string{args[1]}, Scopes: scopes(args[2:]),
	})
}

func scopes(named []string) []string {
	switch {
	case len(named) == 0:
		return cloud.ReadWrite
	case named[0] == "no-scopes":
		return nil
	}
	return named
}

func addPassword(kind cloud.Kind, value func() string) func(*story, *testscript.TestScript, []string, map[string]string) {
	return func(s *story, ts *testscript.TestScript, args []string, _ map[string]string) {
		s.add(ts, cloud.Secret{Label: args[0], Value: value(), Kind: kind, Account: args[1]})
	}
}

func (s *story) add(ts *testscript.TestScript, secret cloud.Secret) {
	s.cloud.AddSecret(secret)
	s.name(ts, secret.Label, secret.Value)
}

func (s *story) addLogin(ts *testscript.TestScript, args []string, _ map[string]string) {
	login := cloud.Login{Label: args[0], Host: args[1], Name: args[2], Password: cloud.NewOldAppPassword()}
	s.cloud.AddLogin(login)
	s.name(ts, login.Label, login.Password)
}

func setState(state cloud.State) func(*story, *testscript.TestScript, []string, map[string]string) {
	return func(s *story, _ *testscript.TestScript, args []string, _ map[string]string) {
		s.cloud.SetState(args[0], state)
	}
}

var kinds = map[string]cloud.Kind{
	"api-token": cloud.APIToken, "access-token": cloud.AccessToken,
	"app-password": cloud.AppPassword, "account-password": cloud.AccountPassword,
}

func (s *story) retire(ts *testscript.TestScript, args []string, _ map[string]string) {
	kind, ok := kinds[args[0]]
	if !ok {
		ts.Fatalf("no kind of secret is called %s", args[0])
	}
	s.cloud.Retire(kind, answer(ts, args[1]))
}

func answer(ts *testscript.TestScript, name string) cloud.Answer {
	answer, ok := cloud.Answers[name]
	if !ok {
		ts.Fatalf("no answer is called %s; there are %s", name, strings.Join(slices.Sorted(maps.Keys(cloud.Answers)), ", "))
	}
	return answer
}

var senders = map[string]cloud.Sender{"": cloud.SignedIn, "anyone": cloud.Anyone, "anonymous": cloud.Anonymous}

func (s *story) fail(ts *testscript.TestScript, args []string, options map[string]string) {
	from, ok := senders[options["from"]]
	if !ok {
		ts.Fatalf("from=anyone or from=anonymous")
	}
	times, err := strconv.Atoi(cmp.Or(options["times"], "0"))
	ts.Check(err)
	given := answer(ts, args[0])
	if to := options["to"]; to != "" {
		given = cloud.RedirectTo(to)
	}
	s.cloud.Fail(cloud.Fault{
		Answer: given, Host: options["host"], Repository: options["repository"],
		Service: cloud.Service(options["service"]), Method: options["method"], From: from, Times: times,
	})
}

func (s *story) heal(*testscript.TestScript, []string, map[string]string) { s.cloud.ClearFaults() }

func (s *story) commit(ts *testscript.TestScript, args []string, _ map[string]string) {
	ts.Check(s.cloud.Commit(args[0], args[1], map[string]string{args[2]: "somebody else's\n"}))
}

func (s *story) ref(ts *testscript.TestScript, args []string, _ map[string]string) {
	object, err := s.cloud.Ref(args[0], args[1])
	ts.Check(err)
	fmt.Fprintln(ts.Stdout(), object)
}

func (s *story) requests(ts *testscript.TestScript, _ []string, _ map[string]string) {
	fmt.Fprint(ts.Stdout(), s.cloud.Log())
}

func (s *story) forget(*testscript.TestScript, []string, map[string]string) { s.cloud.ForgetRequests() }
