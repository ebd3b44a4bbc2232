package store

import (
	"os/exec"

	"github.com/zalando/go-keyring"
)

// securityTool is what go-keyring calls.
const securityTool = "/usr/bin/security"

// set looks whether the text is there afterwards. "security -i", which go-keyring gives it to, so that it is in no
// argument, ends with 0 whatever has become of its commands (https://github.com/zalando/go-keyring/issues/153). The usual
// reason is a keychain that is locked, as over ssh, and then its settings cannot be read either. What is not kept for
// another reason, the caller sees when he reads it.
func set(name, text string) error {
	if err := keyring.Set(Service, name, text); err != nil {
		return err
	}
	kept, err := keyring.Get(Service, name)
	if err == nil && kept == text {
		return nil
	}
	if err != nil && stayedLocked(err) {
		return err
	}
	if err := exec.Command(securityTool, "show-keychain-info").Run(); err != nil && stayedLocked(err) {
		return err
	}
	return nil
}
