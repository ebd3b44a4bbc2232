package terminal

// Names for the tests, which live outside the package as a caller does.
var (
	KnowsLinks = knowsLinks
	LastLine   = lastLine
)

// WithLinks is a terminal of which only Link works.
func WithLinks(links bool) *Terminal { return &Terminal{links: links} }
