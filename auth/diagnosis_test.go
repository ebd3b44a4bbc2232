package auth

import (
	"testing"

	"bbgit/auth/bitbucket"
)

func TestDiagnose(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		e     evidence
		want  cause
		token bool
	}{
		{"nothing of Bitbucket's", evidence{}, unknown, false},
		{"all went well there", evidence{answer: bitbucket.Accepted}, unknown, false},
		{"a request without an answer", evidence{answer: bitbucket.Unreachable}, notAboutTokens, false},
		{"BBGIT_TOKEN without a scope", evidence{variable: true, answer: bitbucket.ScopeMissing}, variableRefused, false},
		{"the token of another account than the URL names", evidence{refused: true, answer: bitbucket.NotVisible}, credentialDead, true},
		{"declined, whatever else", evidence{declined: true, embedded: true, answer: bitbucket.ScopeMissing}, personDeclined, false},
		{"BBGIT_TOKEN", evidence{variable: true, refused: true}, variableRefused, false},
		{"a dead password in a URL", evidence{embedded: true, refused: true, answer: bitbucket.AppPasswordRefused}, secretInURL, true},
		{"a dead token", evidence{refused: true, answer: bitbucket.CredentialRefused}, credentialDead, true},
		{"a good token, another repository", evidence{elsewhere: true, answer: bitbucket.CredentialRefused}, repositoryHidden, false},
		{"a good token that may only read", evidence{readOnly: true, refused: true, answer: bitbucket.CredentialRefused}, pushForbidden, false},
		{"a silent 404", evidence{answer: bitbucket.NotVisible}, repositoryHidden, false},
		{"a stale header", evidence{header: true, answer: bitbucket.CredentialRefused}, staleHeaderSent, false},
		{"a missing scope", evidence{answer: bitbucket.ScopeMissing}, scopeMissing, true},
		{"an IP allow list", evidence{answer: bitbucket.AddressNotAllowed}, notAboutTokens, false},
		{"two-step verification", evidence{answer: bitbucket.TwoStepWanted}, notAboutTokens, false},
		{"plan or payment", evidence{answer: bitbucket.PlanExceeded}, notAboutTokens, false},
		{"another 403", evidence{answer: bitbucket.Forbidden}, notAboutTokens, false},
		{"429", evidence{answer: bitbucket.TooManyRequests}, notAboutTokens, false},
		{"503", evidence{answer: bitbucket.ServerTrouble}, notAboutTokens, false},
		{"SSH: the key is refused", evidence{overSSH: bitbucket.SSHKeyRefused}, sshFailed, false},
		{"SSH: no key", evidence{overSSH: bitbucket.SSHNoKey}, sshFailed, false},
		{"SSH: no access", evidence{overSSH: bitbucket.SSHAccessRefused}, sshFailed, false},
		{"SSH: the host key changed", evidence{overSSH: bitbucket.SSHHostKeyChanged}, sshFailed, false},
		{"SSH: the host key is unknown", evidence{overSSH: bitbucket.SSHHostKeyUnknown}, sshFailed, false},
		{"SSH: silence, after a request that went well", evidence{answer: bitbucket.Accepted, overSSH: bitbucket.SSHUnreachable}, sshFailed, false},
		{"SSH: a refusal over HTTPS comes first", evidence{answer: bitbucket.PlanExceeded, overSSH: bitbucket.SSHKeyRefused}, notAboutTokens, false},
		{"SSH: ssh has said all", evidence{overSSH: bitbucket.SSHUnclear}, unknown, false},
		{"401 without anything to show for it", evidence{answer: bitbucket.CredentialRefused}, unknown, false},
	} {
		if got := diagnose(tc.e); got != tc.want || got.tokenHelps() != tc.token {
			t.Errorf("%s: cause %d, a token helps: %v", tc.name, got, got.tokenHelps())
		}
	}
}
