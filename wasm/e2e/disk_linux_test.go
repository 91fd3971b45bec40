package e2e

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/chromedp/chromedp"
)

// fullDisk is full with a disk that really is: the browser's databases lie on a small one in memory. The rest of the profile
// does not, for a browser that sees the disk of its profile run full throws whole sites away, and that is another fault.
func fullDisk(t *testing.T, h harness) {
	chromium, profile := needChromium(t), t.TempDir()
	disk := filepath.Join(profile, "Default", "IndexedDB")
	if err := os.MkdirAll(disk, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=4m"); err != nil {
		t.Skipf("no disk to fill: only root can mount one (%v)", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Errorf("the small disk is still mounted: %v", err)
		}
	})
	p := openTab(t, start(t, chromium, chromedp.UserDataDir(profile)), h.url, laptop)
	p.begin()
	ballast := filepath.Join(disk, "ballast")
	fills(p, func() {
		f, err := os.Create(ballast)
		if err == nil {
			_, err = io.Copy(f, zeros{})
		}
		if !errors.Is(err, syscall.ENOSPC) {
			t.Fatalf("filling the disk: %v, want that it is full", err)
		}
		f.Close()
	}, func() {
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
	})
}

// zeros never ends.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return len(b), nil }
