package site

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// integrity is the hash of a file in the form of Subresource Integrity.
func integrity(b []byte) string {
	sum := sha256.Sum256(b)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// runs is a tag of the page for a file that browsers run or that shapes the page.
var runs = regexp.MustCompile(`<(?:script src|link rel="(?:stylesheet|preload)" href)="([^"]+)"`)

// sealPage writes into stage's page what each file that it runs must be, so that a browser refuses one that was changed on its
// way or belongs to another build.
func sealPage(stage string) error {
	name := filepath.Join(stage, "index.html")
	page, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	var failed error
	sealed := runs.ReplaceAllStringFunc(string(page), func(tag string) string {
		b, err := os.ReadFile(filepath.Join(stage, runs.FindStringSubmatch(tag)[1]))
		if err != nil {
			failed = fmt.Errorf("site: index.html: %w", err)
		}
		attribute := "integrity"
		if strings.Contains(tag, "preload") {
			attribute = "data-integrity" // browsers check none here, and the loader does
		}
		return tag + ` ` + attribute + `="` + integrity(b) + `"`
	})
	if failed != nil {
		return failed
	}
	if err := os.WriteFile(name, []byte(sealed), 0o666); err != nil {
		return fmt.Errorf("site: %w", err)
	}
	return nil
}
