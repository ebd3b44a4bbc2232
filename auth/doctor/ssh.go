package doctor

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"bbgit/auth/bitbucket"
	"bbgit/auth/realgit"
	"bbgit/auth/terminal"
)

const checkSSH = "ssh"

// moved is why the old host is no good.
const moved = "SSH was announced to move from " + bitbucket.Host + " to " + bitbucket.SSHHost + " on 2026-11-12"

// examineSSH reads ssh's own configuration, where a name may stand for Bitbucket.
func (x *examination) examineSSH() {
	file := filepath.Join(x.home, ".ssh", "config")
	text, err := os.ReadFile(file)
	if err != nil || len(text) > longestConfig {
		return
	}
	x.facts.SSH = SSHConfig{file, string(text)}
}

// SSHConfig is ssh's configuration of the person (ssh_config(5)).
type SSHConfig struct{ File, Text string }

func judgeSSH(f Facts) []Finding {
	all := f.judgeSSHRemotes()
	old := len(all)
	all = append(all, f.SSH.judge(f)...)
	if old > 0 {
		all = append(all, find(checkSSH, Note, "", "SSH asks once whether you trust %s. Its keys are listed at %s.", bitbucket.SSHHost, bitbucket.HostKeysPage))
	}
	return all
}

func (f Facts) judgeSSHRemotes() (all []Finding) {
	for _, e := range f.Settings {
		all = append(all, judgeSSHSetting(e, nil, "", "", false)...)
	}
	for _, c := range f.Clones {
		rules := append(f.Settings[:len(f.Settings):len(f.Settings)], c.entries()...)
		for _, file := range c.Files {
			for _, e := range file.Entries {
				all = append(all, judgeSSHSetting(e, rules, c.Path, file.Of, file.Tracked)...)
			}
		}
	}
	return all
}

// judgeSSHSetting looks at one URL. Where one of the person's rules sends it
// elsewhere, the rule is what counts, and is looked at by itself.
func judgeSSHSetting(e realgit.Entry, rules []realgit.Entry, clone, of string, tracked bool) []Finding {
	what, url := realgit.URLSetting(e.Key, e.Value)
	if what == "" || e.File() == "" {
		return nil
	}
	_, last := realgit.Subsection(e.Key, "remote.")
	isRule := strings.HasPrefix(e.Key, "url.")
	if _, rule := realgit.InsteadOf(url, last == "pushurl", true, rules); rule != nil && !isRule {
		return nil
	}
	now, old := overSSH(url)
	if !old {
		return nil
	}
	file := e.File()
	found := find(checkSSH, Attention, file, "%s, in %s, connects to %s over SSH. %s.", capital(terminal.Plain(urlOf(what, e.Key)+of)), shown(file), bitbucket.Host, moved)
	switch {
	case isRule:
		found = found.with(realgit.Typed("config", "--file", shown(file), "--rename-section", "url."+url, "url."+now))
	case last == "url" && of == "" && !tracked:
		found = found.with(realgit.Typed("-C", shown(clone), "remote", "set-url", name(e), now))
	default:
		found = found.with(realgit.Typed("config", "--file", shown(file), e.Key, now))
	}
	if tracked {
		return []Finding{found}
	}
	return []Finding{found.mendedBy(&Fix{
		What: "change " + terminal.Plain(url) + " to " + terminal.Plain(now) + " in " + shown(file),
		File: file, id: file + "\x00" + url, edit: inURLs(url, now),
	})}
}

func name(e realgit.Entry) string {
	name, _ := realgit.Subsection(e.Key, "remote.")
	return name
}

// overSSH is the same URL, or beginning of one, at the host that serves SSH now.
func overSSH(url string) (now string, old bool) {
	rest := strings.TrimPrefix(strings.ToLower(url), "ssh://")
	rest = rest[strings.Index(rest, "@")+1:]
	if !strings.HasPrefix(rest, bitbucket.Host) || strings.HasPrefix(strings.ToLower(url), "https:") {
		return "", false
	}
	base, ok := bitbucket.Base(url).OverSSH()
	return string(base), ok
}

// judge looks for names that stand for the old host, and for settings of the old
// host that the new one lacks, such as a key of its own.
func (s SSHConfig) judge(f Facts) (all []Finding) {
	leads, settings := false, false
	for line := range strings.Lines(s.Text) {
		leads = leads || leadsToOld(line)
		settings = settings || holdsForOldAlone(line)
	}
	if leads {
		all = append(all, find(checkSSH, Attention, s.File, "A name in %s stands for %s. %s.", shown(s.File), bitbucket.Host, moved).
			with(f.editor(s.File)).
			mendedBy(&Fix{What: "change HostName " + bitbucket.Host + " to " + bitbucket.SSHHost + " in " + shown(s.File), File: s.File, id: s.File + "\x00HostName", edit: perLine(leadsToOld, func(line string) string {
				return strings.Replace(line, bitbucket.Host, bitbucket.SSHHost, 1)
			})}))
	}
	if settings && !s.knowsNew() {
		all = append(all, find(checkSSH, Attention, s.File, "What %s sets for %s does not hold for %s. %s.", shown(s.File), bitbucket.Host, bitbucket.SSHHost, moved).
			with(f.editor(s.File)).
			mendedBy(&Fix{What: "add " + bitbucket.SSHHost + " to the line Host " + bitbucket.Host + " in " + shown(s.File), File: s.File, id: s.File + "\x00Host", edit: perLine(holdsForOldAlone, func(line string) string {
				end := len(strings.TrimRight(line, " \t\r\n"))
				return line[:end] + " " + bitbucket.SSHHost + line[end:]
			})}))
	}
	return all
}

// sshWords are the words of a line of ssh's configuration; "=" may stand behind
// the first.
func sshWords(line string) []string {
	line, _, _ = strings.Cut(strings.TrimSpace(line), "#")
	key, rest, ok := strings.Cut(line, "=")
	if ok && !strings.ContainsAny(strings.TrimSpace(key), " \t") {
		line = key + " " + rest
	}
	return strings.Fields(line)
}

func leadsToOld(line string) bool {
	words := sshWords(line)
	return len(words) == 2 && strings.EqualFold(words[0], "HostName") && words[1] == bitbucket.Host
}

// holdsForOldAlone tells a line that begins settings of the old host by its name.
func holdsForOldAlone(line string) bool {
	words := sshWords(line)
	if len(words) < 2 || !strings.EqualFold(words[0], "Host") {
		return false
	}
	return has(words[1:], bitbucket.Host) && !matchesHost(words[1:], bitbucket.SSHHost)
}

// knowsNew tells that some settings are for the new host by its name.
func (s SSHConfig) knowsNew() bool {
	for line := range strings.Lines(s.Text) {
		words := sshWords(line)
		if len(words) > 1 && strings.EqualFold(words[0], "Host") && has(words[1:], bitbucket.SSHHost) {
			return true
		}
	}
	return false
}

func has(patterns []string, host string) bool {
	for _, p := range patterns {
		if p == host {
			return true
		}
	}
	return false
}

func matchesHost(patterns []string, host string) bool {
	for _, p := range patterns {
		if ok, err := path.Match(p, host); err == nil && ok {
			return true
		}
	}
	return false
}
