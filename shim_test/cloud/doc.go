// Package cloud is a Bitbucket Cloud of our own: real git over real HTTPS at
// https://bitbucket.org/…, without an account, a network or the real server.
//
// It consists of two parts in this process. A CONNECT proxy on 127.0.0.1 is the
// only thing with an address; it knows a handful of host names, refuses the
// rest, and hands what it accepts to an HTTPS server (HTTP/2 and HTTP/1.1) with
// certificates of a throw-away authority. That server asks for credentials as
// Bitbucket does, writes down who came with what, and runs git http-backend.
//
//	bb, err := cloud.Start(t.TempDir())
//	defer bb.Close()
//	bb.AddRepository(cloud.Repository{Workspace: "acme", Name: "app"})
//	bb.AddAccount(cloud.Account{Name: "you", Access: map[string]cloud.Right{"acme/*": cloud.Write}})
//	bb.AddSecret(cloud.Secret{Label: "old", Value: cloud.NewAppPassword(), Kind: cloud.AppPassword, Account: "you"})
//	bb.AddSecret(cloud.Secret{Label: "new", Value: cloud.NewAPIToken(), Account: "you", Scopes: cloud.ReadWrite})
//	bb.Fail(cloud.Fault{Answer: cloud.Answers["403-ip"], Repository: "acme/app", Times: 1})
//	cmd := exec.Command("git", "clone", "https://bitbucket.org/acme/app.git")
//	cmd.Env = append(os.Environ(), bb.Environment()...) // or bb.GitConfig() in a configuration file
//	cmd.Run()
//	fmt.Print(bb.Log()) // GET bitbucket.org/acme/app.git/info/refs upload-pack - - 401
//
// Accounts, secrets and repositories are plain data, and may be added again
// under the same name to change them while the server runs. What the server
// says when it refuses is in [Answers], one named value for each thing that
// Bitbucket is known to say; [Fault] says when it is said in place of the truth.
// Secrets have labels, and the log knows only those.
package cloud
