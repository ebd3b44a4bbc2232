package cloud

import "net/http"

// serve answers every request that gets through the proxy, to whatever host.
func (c *Cloud) serve(w http.ResponseWriter, r *http.Request) {
	if !c.enter() {
		panic(http.ErrAbortHandler)
	}
	defer c.running.Done()
	k := c.read(r)
	w = c.watch(w, r, k)
	refusal, ok := c.decide(k)
	if answer, found := c.fault(k, ok); found {
		answer.send(w, r)
		return
	}
	if !ok {
		refusal.send(w, r)
		return
	}
	c.fulfil(w, r, k)
}

// decide says whether the host in question lets the call through, and what it
// says when it does not.
func (c *Cloud) decide(k *call) (refusal Answer, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	repository := c.repositories[k.repository]
	switch k.host {
	case Home:
		return judge(petition{
			repository: repository,
			push:       k.push(),
			signed:     k.signed,
			user:       k.user,
			secret:     k.secret,
			account:    c.accounts[k.account()],
			retired:    c.retired,
		})
	case Storage:
		return stranger401(k.host), k.bearer == c.key
	default:
		return stranger401(k.host), k.login != nil || repository.Public && !k.push() && !k.signed
	}
}

// stranger401 is how hosts other than Bitbucket refuse anything.
func stranger401(host string) Answer {
	return Answer{
		Status: http.StatusUnauthorized,
		Text:   "Authentication failed at " + host,
		Header: map[string]string{"WWW-Authenticate": `Basic realm="` + host + `"`},
	}
}

// fulfil does what was asked for.
func (c *Cloud) fulfil(w http.ResponseWriter, r *http.Request, k *call) {
	switch k.service {
	case Transfer:
		c.transfer(w, r)
	case LFSDownload, LFSUpload:
		c.answerBatch(w, k)
	case UploadPack, ReceivePack:
		c.runBackend(w, r, k)
	default:
		// Locks among them: git-lfs takes this as "no locking here". So does
		// anything of git's older protocol, which Bitbucket does not speak.
		Answers["404-silent"].send(w, r)
	}
}
