package secret

import (
	"strings"
	"testing"
)

func TestScrub(t *testing.T) {
	t.Parallel()
	const token = "ATATT3xFfGF0abcdefghijklmnopqrstuvwxyz=1A2B3C4D"
	for text, want := range map[string]string{
		"https://you:hunter2@bitbucket.org/you/thesis.git": "https://****@bitbucket.org/you/thesis.git",
		"https://you:hun@ter/2@bitbucket.org/you/x.git":    "https://****@bitbucket.org/you/x.git",
		`https://you:hun"ter'2@bitbucket.org`:              "https://****@bitbucket.org",
		"see https://bitbucket.org/you/thesis.git":         "see https://bitbucket.org/you/thesis.git",
		"http://u:hunter2@proxy:8080 and https://x.org/":   "http://****@proxy:8080 and https://x.org/",
		"Authorization: Bearer hunter2":                    "Authorization: ****",
		"http.extraHeader=AUTHORIZATION: basic aHVudGVyMg": "http.extraHeader=AUTHORIZATION: ****",
		"Proxy-Authorization: hunter2 hunter2":             "Proxy-Authorization: ****",
		"Cookie: a=hunter2; b=hunter2":                     "Cookie: ****",
		"helper --password hunter2 get":                    "helper --password **** get",
		"helper --api-token=hunter2 get":                   "helper --api-token=**** get",
		`f() { echo "password=hunter2"; }; f`:              `f() { echo "password=**** }; f`,
		"PASSWORD='hunter2 hunter2' helper":                "PASSWORD=**** helper",
		"sshpass -p hunter2 ssh":                           "sshpass -p **** ssh",
		"it was " + token + ".":                            "it was ****",
		"ghp_hunter2hunter2hunter2, glpat-hunter2hunter2":  "****, ****",
		"our token of the account you":                     "our token of the account you",
		"API token ATAT…3C4D, user name you":               "API token ATAT…3C4D, user name you",
	} {
		got := Scrub(text)
		if got != want {
			t.Errorf("%s\nbecame %s\nand not %s", text, got, want)
		}
		if strings.Contains(got, "hunter2") || strings.Contains(got, token) {
			t.Errorf("%s is not hidden", got)
		}
	}
}

func TestWithout(t *testing.T) {
	t.Parallel()
	if got := Without("a hunter2 and hunter2, b", New("hunter2"), New(""), Secret{}); got != "a **** and ****, b" {
		t.Error(got)
	}
}
