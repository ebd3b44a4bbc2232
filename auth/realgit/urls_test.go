package realgit

import "testing"

func TestURLSetting(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ key, value, what, url string }{
		{"remote.origin.url", "u", "remote 'origin'", "u"},
		{"remote.a.b.pushurl", "u", "remote 'a.b'", "u"},
		{"remote.origin.fetch", "u", "", ""},
		{"submodule.lib.url", "u", "submodule 'lib'", "u"},
		{"url.https://you:x@bitbucket.org/.insteadof", "bb:", "url.<base>.insteadof", "https://you:x@bitbucket.org/"},
		{"core.bare", "false", "", ""},
		{"x", "", "", ""},
	} {
		if what, url := URLSetting(tc.key, tc.value); what != tc.what || url != tc.url {
			t.Errorf("%s: %q, %q", tc.key, what, url)
		}
	}
}
