package cloud

import "slices"

// Sender is whose requests a Fault is for.
type Sender int

// The senders. A person is first let in and then turned away: that is why the
// zero value is not Anyone. A fault for git's very first request, which has no
// credential yet, has to say so.
const (
	SignedIn  Sender = iota // with a credential that would have been accepted
	Anyone                  //
	Anonymous               // without a credential
)

// Fault is an answer in place of the truth. A field that is left empty is true
// for every request, but Host, which is then Home.
type Fault struct {
	Answer     Answer
	Host       string
	Repository string  // "acme/app", or "acme/*" for a workspace
	Account    string  // the name of the account that the secret belongs to
	Service    Service // such as UploadPack
	Method     string  // git says GET first (what is there?) and then POST (give, or take)
	From       Sender
	Times      int // 0: until ClearFaults
}

// Fail makes the server answer so from now on. Of several that apply, the
// oldest counts.
func (c *Cloud) Fail(f Fault) {
	if f.Host == "" {
		f.Host = Home
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.faults = append(c.faults, &f)
}

// ClearFaults makes the server tell the truth again.
func (c *Cloud) ClearFaults() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.faults = nil
}

// fault finds the answer for a call, and uses it up.
func (c *Cloud) fault(k *call, accepted bool) (Answer, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, f := range c.faults {
		if !f.concerns(k, accepted) {
			continue
		}
		switch f.Times {
		case 0:
		case 1:
			c.faults = slices.Delete(c.faults, i, i+1)
		default:
			f.Times--
		}
		return f.Answer, true
	}
	return Answer{}, false
}

func (f *Fault) concerns(k *call, accepted bool) bool {
	switch {
	case f.Host != k.host,
		f.Repository != "" && !covers(f.Repository, k.repository),
		f.Account != "" && f.Account != k.account(),
		f.Service != "" && f.Service != k.service,
		f.Method != "" && f.Method != k.method:
		return false
	}
	switch f.From {
	case SignedIn:
		return k.signed && accepted
	case Anonymous:
		return !k.signed
	default:
		return true
	}
}
