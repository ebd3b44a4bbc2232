package main

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"strings"

	"bbgit/auth/build"
)

// A bom lists what is in a program, in CycloneDX's form (ECMA-424, version 1.6).
type bom struct {
	Schema       string         `json:"$schema"`
	Format       string         `json:"bomFormat"`
	SpecVersion  string         `json:"specVersion"`
	Version      int            `json:"version"`
	Metadata     bomMetadata    `json:"metadata"`
	Components   []bomComponent `json:"components"`
	Dependencies []bomRelation  `json:"dependencies"`
}

type bomMetadata struct {
	Timestamp string       `json:"timestamp"` // of the commit, so that it is the same each time
	Component bomComponent `json:"component"`
}

type bomComponent struct {
	Type     string       `json:"type"`
	Ref      string       `json:"bom-ref"`
	Name     string       `json:"name"`
	Version  string       `json:"version"`
	Hashes   []bomHash    `json:"hashes,omitempty"`
	Licences []bomLicence `json:"licenses"`
	PURL     string       `json:"purl,omitempty"`
}

type bomHash struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"`
}

type bomLicence struct {
	License struct {
		ID string `json:"id"` // of the SPDX list
	} `json:"license"`
}

type bomRelation struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn,omitempty"`
}

// sbom lists the parts of a program of which sum is the SHA-256: Go's own library,
// and the modules that are linked in.
func sbom(info build.Info, sum string, parts []part) ([]byte, error) {
	self := component("application", "bbgit", info.Version, "MIT")
	self.Hashes = []bomHash{{"SHA-256", sum}}
	list := bom{
		Schema: "http://cyclonedx.org/schema/bom-1.6.schema.json", Format: "CycloneDX", SpecVersion: "1.6", Version: 1,
		Metadata: bomMetadata{Timestamp: info.Time.UTC().Format("2006-01-02T15:04:05Z"), Component: self},
	}
	relation := bomRelation{Ref: self.Ref}
	for _, p := range parts {
		c, err := p.component()
		if err != nil {
			return nil, err
		}
		list.Components = append(list.Components, c)
		list.Dependencies = append(list.Dependencies, bomRelation{Ref: c.Ref})
		relation.DependsOn = append(relation.DependsOn, c.Ref)
	}
	list.Dependencies = append(list.Dependencies, relation)
	text, err := json.MarshalIndent(list, "", "  ")
	return append(text, '\n'), err
}

func component(kind, name, version, licence string) bomComponent {
	c := bomComponent{Type: kind, Ref: name + "@" + version, Name: name, Version: version, Licences: make([]bomLicence, 1)}
	c.Licences[0].License.ID = licence
	return c
}

func (p part) component() (bomComponent, error) {
	c := component("library", p.Path, p.Version, p.id)
	c.PURL = "pkg:golang/" + p.Path + "@" + p.Version // github.com/package-url/purl-spec
	c.Ref = c.PURL
	if p.Path == standardLibrary {
		return c, nil
	}
	hash, ok := strings.CutPrefix(p.Sum, "h1:") // SHA-256 over a list of the files (golang.org/x/mod/sumdb/dirhash)
	sum, err := base64.StdEncoding.DecodeString(hash)
	if !ok || err != nil {
		return c, fmt.Errorf("%s has the strange checksum %q", p.Path, p.Sum)
	}
	c.Hashes = []bomHash{{"SHA-256", hex.EncodeToString(sum)}}
	return c, nil
}

// A part is a module in a program, or the standard library, and its licence.
type part struct {
	debug.Module
	id   string // the licence on the SPDX list
	text []byte // all files about licences
}

// standardLibrary is how Go's vulnerability database and others call it.
const standardLibrary = "std"
