package setup

import (
	"slices"
	"strings"

	"bbgit/auth/realgit"
)

// same compares settings, whatever files they stand in. Git writes the names in
// small letters.
func same(a, b []realgit.Entry) bool {
	return slices.EqualFunc(a, b, func(a, b realgit.Entry) bool {
		return strings.EqualFold(a.Key, b.Key) && a.Value == b.Value
	})
}
