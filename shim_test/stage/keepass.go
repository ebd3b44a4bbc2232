package stage

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// KeePassXC are the programs OpenKeePassXC needs, for need.Programs.
var KeePassXC = []string{"dbus-daemon", "dbus-send", "keepassxc", "keepassxc-cli"}

// keePassXCSettings offer the database on the bus, and let a program use it without asking a person each time; the
// names are those of KeePassXC's src/core/Config.cpp. Left as it comes, it asks before it gives or deletes an entry.
const keePassXCSettings = `[General]
ConfigVersion=2
UpdateCheckMessageShown=true

[FdoSecrets]
Enabled=true
ShowNotification=false
ConfirmAccessItem=false
ConfirmDeleteItem=false
`

// keePassXCDatabase is an empty database, as XML, whose one group is offered on the bus: FDO_SECRETS_EXPOSED_GROUP is
// the key of KeePassXC's src/fdosecrets/FdoSecretsSettings.cpp, and names the group's UUID.
const keePassXCDatabase = `<?xml version="1.0" encoding="UTF-8"?>
<KeePassFile>
  <Meta>
    <CustomData>
      <Item><Key>FDO_SECRETS_EXPOSED_GROUP</Key><Value>{52904ee5-767b-46c0-9bd3-ffb13d843275}</Value></Item>
    </CustomData>
  </Meta>
  <Root><Group><UUID>UpBO5XZ7RsCb0/+xPYQydQ==</UUID><Name>Passwords</Name></Group></Root>
</KeePassFile>
`

// OpenKeePassXC is OpenKeyring with KeePassXC, without a screen, in the place of gnome-keyring. Its database is opened
// by a key file alone, and called login: KeePassXC names the collection by the file.
func OpenKeePassXC(dir string) (*Keyring, error) {
	settings := filepath.Join(dir, ".config", "keepassxc", "keepassxc.ini")
	source, key, database := filepath.Join(dir, "login.xml"), filepath.Join(dir, "login.key"), filepath.Join(dir, "login.kdbx")
	if err := os.MkdirAll(filepath.Dir(settings), 0o700); err != nil {
		return nil, err
	}
	for path, text := range map[string]string{settings: keePassXCSettings, source: keePassXCDatabase, key: "unlocked"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	// -t: a tenth of a second is the least it may take to try a key.
	create := exec.Command("keepassxc-cli", "import", "-q", "--set-key-file", key, "-t", "100", source, database)
	create.Env = (&Keyring{dir: dir, runtime: dir}).environment()
	if out, err := create.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("create a KeePassXC database: %w\n%s", err, out)
	}
	return openKeyring(dir, "keepassxc", "--keyfile", key, database)
}
