package build

import (
	"runtime/debug"
	"testing"
	"time"
)

func TestVersion(t *testing.T) {
	t.Parallel()
	for module, want := range map[string]string{
		"v0.1.0":                             "0.1.0",
		"v0.2.0-rc.1":                        "0.2.0-rc.1",
		"v0.1.0+dirty":                       "0.1.0+dirty",
		"v0.0.0-20261124105458-0123456789ab": "0.0.0-devel+0123456789ab",
		"v0.0.0-20261124105458-0123456789ab+dirty":        "0.0.0-devel+0123456789ab.dirty",
		"v0.1.1-0.20261124105458-0123456789ab":            "0.1.1-devel+0123456789ab",
		"v0.2.0-rc.1.0.20261124105458-0123456789ab":       "0.2.0-rc.1.devel+0123456789ab",
		"v0.2.0-rc.1.0.20261124105458-0123456789ab+dirty": "0.2.0-rc.1.devel+0123456789ab.dirty",
		"(devel)": "0.0.0-devel",
		"":        "0.0.0-devel",
	} {
		if got := version(module); got != want {
			t.Errorf("%q: %q, want %q", module, got, want)
		}
	}
}

func TestInfo(t *testing.T) {
	t.Parallel()
	got := Of(&debug.BuildInfo{
		GoVersion: "go1.26.0", Main: debug.Module{Path: "bbgit", Version: "v0.3.0+dirty"},
		Settings: []debug.BuildSetting{
			{Key: "CGO_ENABLED", Value: "0"},
			{Key: "GOARCH", Value: "arm64"},
			{Key: "GOOS", Value: "windows"},
			{Key: "vcs.revision", Value: "0123456789abcdef0123456789abcdef01234567"},
			{Key: "vcs.time", Value: "2026-11-24T10:54:58Z"},
			{Key: "vcs.modified", Value: "true"},
		},
	})
	want := Info{
		Version: "0.3.0+dirty", Commit: "0123456789abcdef0123456789abcdef01234567",
		Time: time.Date(2026, 11, 24, 10, 54, 58, 0, time.UTC), Modified: true,
		Go: "go1.26.0", System: "windows/arm64",
	}
	if got != want {
		t.Errorf("%+v", got)
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	if got := Read(); got.Version == "" || got.Version != Version() {
		t.Errorf("%+v", got)
	}
}
