package words

import "testing"

func TestYesNo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		width int
		usual bool
		want  string
	}{
		{0, true, "Shall the kettle be put on the fire now? [Y/n] "},
		{0, false, "Shall the kettle be put on the fire now? [y/N] "},
		{30, true, "Shall the kettle be put on the\nfire now? [Y/n] "},
	} {
		if got := (Style{Width: c.width}).YesNo("Shall the kettle be put on the fire now?", c.usual); got != c.want {
			t.Errorf("width %d: %q, want %q", c.width, got, c.want)
		}
	}
}
