package main

import (
	"fmt"
	"os"
	"strings"
)

// serverTakes is the server, and git's note of what was sent and received
// (GIT_TRACE_CURL).
func serverTakes(c credential, service string) bool {
	good, err := os.ReadFile(os.Getenv("GOOD_PASSWORD_FILE"))
	if err != nil {
		fail(128, err.Error())
	}
	takes := c["password"] == strings.TrimSpace(string(good))
	status := "401 Unauthorized"
	if takes {
		status = "200 OK"
	}
	trace(fmt.Sprintf("=> Send header: GET /you/thesis.git/info/refs?service=%s HTTP/1.1\n"+
		"=> Send header: Host: bitbucket.org\n"+
		"=> Send header: Authorization: Basic <redacted>\n"+
		"<= Recv header: HTTP/1.1 %s\n", service, status))
	return takes
}

func trace(text string) {
	file, err := os.OpenFile(os.Getenv("GIT_TRACE_CURL"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	defer file.Close()
	file.WriteString(text)
}
