package command

// namedText is a flag's value, and what help calls it. With backquotes in the flag's
// description, which is pflag's way, a shell that completes would show them.
type namedText struct {
	value *string
	name  string
}

func (t namedText) String() string { return *t.value }
func (t namedText) Type() string   { return t.name }

func (t namedText) Set(value string) error {
	*t.value = value
	return nil
}
