// Keep calls bbgit's vault: keep FOLDER save|get|forget ACCOUNT, with a token on
// stdin, or keep FOLDER forget-all. It prints what went wrong, or "ok".
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"bbgit/auth/secret"
	"bbgit/auth/store"
	"bbgit/auth/vault"
)

func main() {
	v, ctx := vault.Open(vault.Options{Dir: os.Args[1]}), context.Background()
	var account vault.Account
	if len(os.Args) > 3 {
		account.Name = os.Args[3]
	}
	var err error
	switch os.Args[2] {
	case "save":
		_, err = v.Save(ctx, vault.Item{Account: account, Username: "you", Token: typed()})
	case "get":
		var item vault.Item
		if item, err = v.Get(ctx, account); err == nil && !item.Token.Equal(typed()) {
			err = errors.New("another token")
		}
	case "forget":
		err = v.Forget(ctx, account)
	case "forget-all":
		err = v.ForgetAll(ctx)
	}
	fmt.Println(nameOf(err))
}

func typed() secret.Secret {
	line, _ := bufio.NewReader(os.Stdin).ReadString('\n')
	return secret.New(strings.TrimSuffix(line, "\n"))
}

func nameOf(err error) string {
	if err == nil {
		return "ok"
	}
	for name, known := range map[string]error{
		"not found": vault.ErrNotFound, "not saved": vault.ErrNotSaved, "locked": store.ErrLocked,
		"too big": store.ErrTooBig, "no keyring": store.ErrNoKeyring,
	} {
		if errors.Is(err, known) {
			return name
		}
	}
	return err.Error()
}
