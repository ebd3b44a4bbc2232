package words

// TokenInURL offers to keep a good token where tokens belong.
func TokenInURL(what string, p Place) string {
	return "The URL of " + what + " holds your API token, where every program and every backup can read it. Keep it in " + string(p) + " instead?"
}

// TakenOutOfURL says where the token is now, and what became of the URL.
func (s Style) TakenOutOfURL(what, now string, p Place) string {
	return s.say("the token is kept in " + string(p) + ", and the URL of " + what + " is now " + now)
}

// StayedInURL says why the token is where it was.
func (s Style) StayedInURL(what string, u Unkept) string {
	return s.say("the token was left in the URL of "+what+", because "+u.Why()) + s.remedy(u)
}
