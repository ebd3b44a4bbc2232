package command

// text is a flag's value, and what help calls it. With backquotes in the flag's
// description, which is pflag's way, a shell that completes would show them.
type text struct {
	value *string
	name  string
}

func (t text) String() string { return *t.value }
func (t text) Type() string   { return t.name }

func (t text) Set(value string) error {
	*t.value = value
	return nil
}
