package cloud_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"bbgit/shim_test/cloud"
)

func TestShapes(t *testing.T) {
	t.Parallel()
	for shape, make := range map[string]func() string{
		`^ATATT3xFfGF0[A-Za-z0-9_-]{171}=[0-9A-F]{8}$`: cloud.NewAPIToken,
		`^ATCTT3xFfGN0[A-Za-z0-9_-]{171}=[0-9A-F]{8}$`: cloud.NewAccessToken,
		`^ATBB[A-Za-z0-9]{32}$`:                        cloud.NewAppPassword,
		`^[A-Za-z][0-9][A-Za-z0-9]{18}$`:               cloud.NewOldAppPassword,
	} {
		value := make()
		if !regexp.MustCompile(shape).MatchString(value) {
			t.Errorf("a value of %d characters does not look like %s", len(value), shape)
		}
		if value == make() {
			t.Errorf("the same value twice for %s", shape)
		}
	}
}

func TestSecretsDoNotPrint(t *testing.T) {
	t.Parallel()
	s := cloud.Secret{Label: "token", Value: cloud.NewAPIToken()}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if strings.Contains(fmt.Sprintf(verb, s)+fmt.Sprintf(verb, []cloud.Secret{s}), s.Value) {
			t.Errorf("%s prints the value", verb)
		}
	}
}
