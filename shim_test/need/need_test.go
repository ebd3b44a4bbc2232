package need

import "testing"

// A recorder ends the caller as a test does: by a panic.
type recorder struct{ skipped, failed bool }

func (r *recorder) Skip(...any)  { r.skipped = true; panic(r) }
func (r *recorder) Fatal(...any) { r.failed = true; panic(r) }

func TestPrograms(t *testing.T) {
	for _, tc := range []struct {
		name, everything string
		programs         []string
		want             recorder
	}{
		{"all there", "", []string{"go", "git"}, recorder{}},
		{"one missing", "", []string{"git", "no-such-program"}, recorder{skipped: true}},
		{"one missing, and all wanted", "1", []string{"git", "no-such-program"}, recorder{failed: true}},
	} {
		t.Setenv(EverythingVariable, tc.everything)
		var r recorder
		func() {
			defer func() { _ = recover() }()
			Programs(&r, tc.programs...)
		}()
		if r != tc.want {
			t.Errorf("%s: %+v", tc.name, r)
		}
	}
}
