package curltrace

import (
	"slices"
	"strings"
	"testing"
)

// As git 2.39 writes it, with a proxy and HTTP/2; shortened.
const pushRefused = `21:47:00.1 http.c:623              == Info: Connected to 127.0.0.1 (127.0.0.1) port 4711 (#0)
21:47:00.1 http.c:570              => Send header, 0000000124 bytes (0x0000007c)
21:47:00.1 http.c:582              => Send header: CONNECT bitbucket.org:443 HTTP/1.1
21:47:00.1 http.c:582              => Send header: Host: bitbucket.org:443
21:47:00.1 http.c:582              <= Recv header: HTTP/1.1 200 OK
21:47:00.2 http.c:582              => Send header: GET /you/thesis.git/info/refs?service=git-receive-pack HTTP/2
21:47:00.2 http.c:582              => Send header: Host: Bitbucket.org
21:47:00.2 http.c:582              <= Recv header: HTTP/2 401
21:47:00.2 http.c:582              <= Recv header: www-authenticate: Basic realm="Bitbucket.org HTTP"
21:47:00.3 http.c:582              => Send header: GET /you/thesis.git/info/refs?service=git-receive-pack HTTP/2
21:47:00.3 http.c:582              => Send header: Host: bitbucket.org
21:47:00.3 http.c:582              => Send header: authorization: Basic <redacted>
21:47:00.3 http.c:582              <= Recv header: HTTP/2 410
`

func TestRead(t *testing.T) {
	t.Parallel()
	push := Exchange{Host: "bitbucket.org", Method: "GET", Path: "/you/thesis.git/info/refs", Service: "git-receive-pack"}
	first, second := push, push
	first.Status, second.Status = 401, 410
	second.Signed = true
	for _, tc := range []struct {
		name, trace string
		want        []Exchange
	}{
		{"a push that is refused, behind a proxy", pushRefused, []Exchange{first, second}},
		{"nothing", "", nil},
		{"a POST tells its service by its path", "=> Send header: POST /w/r.git/git-upload-pack HTTP/1.1\n=> Send header: host: h\n<= Recv header: HTTP/1.1 100 Continue\n<= Recv header: HTTP/1.1 200 OK\n",
			[]Exchange{{Host: "h", Method: "POST", Path: "/w/r.git/git-upload-pack", Service: "git-upload-pack", Status: 200}}},
		{"a text in rows of 80 characters", "=> Send header: POST /w/r.git/git-receive-pack HTTP/2\n<= Recv header: HTTP/2 403\n<= Recv data, 0000000009 bytes (0x00000009)\n<= Recv data: To access\n<= Recv data:  this\n",
			[]Exchange{{Method: "POST", Path: "/w/r.git/git-receive-pack", Service: "git-receive-pack", Status: 403, Body: "To access this"}}},
		{"cut off", "=> Send header: GET /w/r.git/info/refs HTTP/2\n", []Exchange{{Method: "GET", Path: "/w/r.git/info/refs"}}},
		{"an answer to nothing", "<= Recv header: HTTP/2 403\n", nil},
		{"rubbish", "=> Send header: \x00\n<= Recv header: HTTP/\n=> Send header: GET % HTTP/2\n", []Exchange{{Method: "GET"}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := Read(strings.NewReader(tc.trace)); !slices.Equal(got, tc.want) {
				t.Errorf("got  %+v\nwant %+v", got, tc.want)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(pushRefused)
	f.Fuzz(func(t *testing.T, trace string) {
		for _, e := range Read(strings.NewReader(trace)) {
			if e.Method == "CONNECT" || e.Status != 0 && (e.Status < 200 || e.Status > 99999) {
				t.Fatalf("%+v", e)
			}
		}
	})
}
