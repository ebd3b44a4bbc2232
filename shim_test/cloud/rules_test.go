package cloud_test

import (
	"testing"

	"bbgit/shim_test/cloud"
)

// Who is let in, and what the others are told.
func TestRules(t *testing.T) {
	t.Parallel()
	const noAccess = "remote: You may not have access to this repository"
	read, write := []string{cloud.ScopeRead}, []string{cloud.ScopeWrite}
	admin := []string{"admin:repository:bitbucket"}
	tests := []struct {
		name   string
		user   string
		secret cloud.Secret
		push   bool
		want   string // part of what git says; "" is success
		status int
	}{
		{"API token, static name", cloud.APITokenUser, cloud.Secret{Scopes: read}, false, "", 200},
		{"API token, Bitbucket name", "you", cloud.Secret{Scopes: read}, false, "", 200},
		{"API token, e-mail", "you@example.com", cloud.Secret{Scopes: read}, false, noAccess, 401},
		{"API token, another name", "me", cloud.Secret{Scopes: read}, false, noAccess, 401},
		{"API token, name of the other kind", cloud.AccessTokenUser, cloud.Secret{Scopes: read}, false, noAccess, 401},
		{"API token without scopes", cloud.APITokenUser, cloud.Secret{}, false, noAccess, 401},
		{"API token, revoked", cloud.APITokenUser, cloud.Secret{Scopes: read, State: cloud.Revoked}, false, noAccess, 401},
		{"API token, expired", cloud.APITokenUser, cloud.Secret{Scopes: read, State: cloud.Expired}, false, noAccess, 401},
		{"API token of somebody without access", cloud.APITokenUser, cloud.Secret{Scopes: read, Account: "stranger"}, false, noAccess, 401},

		{"push with both scopes", cloud.APITokenUser, cloud.Secret{Scopes: cloud.ReadWrite}, true, "", 200},
		{"push with read", cloud.APITokenUser, cloud.Secret{Scopes: read}, true, "remote: Your credentials lack", 403},
		{"push with write", cloud.APITokenUser, cloud.Secret{Scopes: write}, true, "remote: Your credentials lack", 403},
		{"fetch with write", cloud.APITokenUser, cloud.Secret{Scopes: write}, false, "remote: Your credentials lack", 403},
		{"fetch with admin", cloud.APITokenUser, cloud.Secret{Scopes: admin}, false, "remote: Your credentials lack", 403},
		{"push by a reader", cloud.APITokenUser, cloud.Secret{Scopes: cloud.ReadWrite, Account: "reader"}, true, noAccess, 401},
		{"fetch by a reader", cloud.APITokenUser, cloud.Secret{Scopes: read, Account: "reader"}, false, "", 200},

		{"access token", cloud.AccessTokenUser, cloud.Secret{Kind: cloud.AccessToken, Scopes: read, Reach: []string{"acme/app"}}, false, "", 200},
		{"access token of the workspace", cloud.AccessTokenUser, cloud.Secret{Kind: cloud.AccessToken, Scopes: cloud.ReadWrite, Reach: []string{"acme/*"}}, true, "", 200},
		{"access token of another repository", cloud.AccessTokenUser, cloud.Secret{Kind: cloud.AccessToken, Scopes: read, Reach: []string{"acme/lib"}}, false, noAccess, 401},
		{"access token, name of the other kind", cloud.APITokenUser, cloud.Secret{Kind: cloud.AccessToken, Scopes: read, Reach: []string{"acme/*"}}, false, noAccess, 401},

		{"app password", "you", cloud.Secret{Kind: cloud.AppPassword, Scopes: cloud.ReadWrite}, false, "remote: CHANGE-3222 - Functionality has been deprecated\n", 410},
		{"app password, push", "you", cloud.Secret{Kind: cloud.AppPassword}, true, "remote: App passwords are deprecated and must be replaced with API tokens.\n", 410},
		{"account password", "you", cloud.Secret{Kind: cloud.AccountPassword}, false, "remote: Bitbucket Cloud recently stopped supporting account passwords", 401},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.AddAccount(cloud.Account{Name: "reader", Access: map[string]cloud.Right{"acme/app": cloud.Read}})
			s := test.secret
			s.Label, s.Value = "it", cloud.NewAPIToken()
			if s.Account == "" && s.Kind != cloud.AccessToken {
				s.Account = "you"
			}
			w.hold(test.user, s)
			args := []string{"ls-remote", app}
			if test.push {
				w.must("init", "--quiet", "work")
				w.commit("mine")
				args = []string{"-C", "work", "push", app, "HEAD:refs/heads/mine"}
			}
			if test.want == "" {
				w.must(args...)
			} else {
				w.refused(128, test.want, args...)
			}
			if w.Count(cloud.Request{User: test.user, Secret: "it", Status: test.status}) == 0 {
				t.Errorf("no %d in the log:\n%s", test.status, w.Log())
			}
		})
	}
}

func TestUnknownSecretAndUnknownRepository(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.holdGood()
	w.refused(128, "remote: You may not have access", "ls-remote", "https://bitbucket.org/acme/gone.git")
	w.offer("bitbucket.org", "you", "mistyped")
	w.ForgetRequests()
	w.refused(128, "Authentication failed for", "ls-remote", app)
	w.logged(
		"GET bitbucket.org/acme/app.git/info/refs upload-pack - - 401",
		"GET bitbucket.org/acme/app.git/info/refs upload-pack you unknown 401",
	)
}

// A server's mind can be changed while it runs.
func TestChanges(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.holdGood()
	w.must("ls-remote", app)
	w.SetState("token", cloud.Revoked)
	w.refused(128, "Authentication failed for", "ls-remote", app)

	w.hold("you", cloud.Secret{Label: "old", Value: cloud.NewOldAppPassword(), Kind: cloud.AppPassword, Account: "you"})
	w.Retire(cloud.AppPassword, cloud.Answers["401-login-failed"])
	w.refused(128, "remote: Login failed due to incorrect login credentials or method.", "ls-remote", app)
}
