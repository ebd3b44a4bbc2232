package auth

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"bbgit/auth/realgit"
	"bbgit/auth/store"
	"bbgit/auth/vault"
	"bbgit/auth/words"
)

// save keeps a token in the store that the person has chosen. Where that is the keyring because nothing was said, and
// there is none, they choose now: once, and for all tokens. Nothing else leads to another store: a keyring that is
// locked or slow is there, and a store that was chosen by name is meant.
func (d *dialogue) save(ctx context.Context, item vault.Item) (vault.Item, error) {
	kept, err := d.session.vault.Save(ctx, item)
	if !noKeyring(err) || !d.question.Choose {
		return kept, err
	}
	u := UnkeptBy(err)
	choices := d.session.choices(ctx)
	for len(choices) > 0 {
		choice, err := d.choose(ctx, u, choices)
		if err != nil {
			return kept, err
		}
		item.Store = choice
		if kept, err = d.session.vault.Save(ctx, item); err == nil {
			d.remember(ctx, choice)
			return kept, nil
		}
		u = UnkeptBy(err)
		choices = without(choices, choice)
	}
	return kept, err
}

// What a choice may end with, besides a store.
var (
	errNowhere  = errors.New("as chosen")          // the person wants the token kept nowhere
	errUnchosen = errors.New("nothing was chosen") // they did not say
)

// remember puts the choice into the person's configuration, where they find it and can change it.
func (d *dialogue) remember(ctx context.Context, choice string) {
	if d.session.vaultGit().SetGlobal(ctx, StoreSetting, choice) == nil {
		d.afterwards = d.style.Remembered(realgit.Typed("config", "--global", "--unset", StoreSetting))
	}
}

// noKeyring tells that there is none, rather than one that cannot be used at the moment.
func noKeyring(err error) bool {
	return errors.Is(err, store.ErrNoKeyring) || errors.Is(err, store.ErrNoSession)
}

// choices are the stores that a person can choose among, the safest first.
func (s *session) choices(ctx context.Context) []string {
	return store.Choices(ctx, storeTools(s.vaultGit))
}

// choose asks where the token is to be kept, and once more before it is written down unencrypted.
func (d *dialogue) choose(ctx context.Context, u words.Unkept, stores []string) (name string, err error) {
	d.screen.Print(d.style.WhereToKeep(u, described(stores), d.question.Why))
	for range attempts {
		line, err := d.screen.ReadLine(ctx, words.NumberPrompt)
		if err != nil {
			return "", fmt.Errorf("%w: %w", errUnchosen, err)
		}
		number, valid := readNumber(line, len(stores)+1)
		switch {
		case !valid:
			d.screen.Print(d.style.Numbers(len(stores) + 1))
		case number > len(stores):
			return "", errNowhere
		case !store.InPlainText(stores[number-1]):
			return stores[number-1], nil
		default:
			yes, err := confirm(ctx, d.screen, d.style, words.PlainTextAllowed(PlaceOf(stores[number-1])), false)
			switch {
			case err != nil:
				return "", fmt.Errorf("%w: %w", errUnchosen, err)
			case yes:
				return stores[number-1], nil
			}
		}
	}
	return "", errUnchosen
}

// readNumber reads a choice; Enter alone is the first one.
func readNumber(line string, most int) (number int, ok bool) {
	line = strings.TrimSpace(line)
	if line == "" {
		return 1, true
	}
	number, err := strconv.Atoi(line)
	return number, err == nil && number >= 1 && number <= most
}

func described(stores []string) []words.Choice {
	var list []words.Choice
	for _, name := range stores {
		list = append(list, words.Choice{Place: PlaceOf(name), Terms: termsOf(name)})
	}
	return list
}

// termsOf is what a store means for the person. A map would be made whenever git is called.
func termsOf(name string) string {
	switch name {
	case store.Pass:
		return words.TermsOfPass
	case store.Cache:
		return words.TermsOfCache
	case store.File:
		return words.TermsOfFile
	}
	return ""
}

func without(list []string, one string) []string {
	var rest []string
	for _, name := range list {
		if name != one {
			rest = append(rest, name)
		}
	}
	return rest
}
