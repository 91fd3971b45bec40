//go:build linux

package e2e

import (
	"context"
	"fmt"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/inspector"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// visits is how many faults a profile sees before a new one begins, so that sets stay small.
const visits = 5

// survive does harm to a page n times, and looks each time what a page of the same profile has then.
func survive(t *testing.T, n int, profile func() (open func(*testing.T) *page), harm func(*page, *ledger)) {
	for left := n; left > 0; left -= visits {
		open, l := profile(), &ledger{}
		for i := range min(left, visits) + 1 {
			t.Run(fmt.Sprintf("%d of %d", n-left+i, n), func(t *testing.T) {
				p := open(t)
				p.begin()
				l.check(p)
				if i < min(left, visits) {
					l.watch(p)
					harm(p, l)
				}
			})
		}
	}
}

// kills ends the whole browser with SIGKILL at a random moment around a save, and starts it again with the same
// profile.
func kills(t *testing.T, h harness) {
	chromium := needChromium(t)
	random, n := moments(t)
	survive(t, n, func() func(*testing.T) *page {
		dir := t.TempDir()
		return func(t *testing.T) *page {
			browser := start(t, chromium, chromedp.UserDataDir(dir), chromedp.ModifyCmdFunc(func(c *exec.Cmd) {
				c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // so that its helpers can be killed with it
			}))
			return openTab(t, browser, h.url, laptop)
		}
	}, func(p *page, l *ledger) {
		took := l.teachSaved(p)
		l.teach(p)
		time.Sleep(time.Duration(1.5 * random.Float64() * float64(took)))
		if err := syscall.Kill(-chromedp.FromContext(p.ctx).Browser.Process().Pid, syscall.SIGKILL); err != nil {
			p.t.Fatal(err)
		}
	})
}

// crashes ends the tab's process at a random moment around a save, and opens another tab.
func crashes(t *testing.T, h harness) {
	random, n := moments(t)
	survive(t, n, h.tabs(t), func(p *page, l *ledger) {
		took := l.teachSaved(p)
		l.teach(p)
		time.Sleep(time.Duration(1.5 * random.Float64() * float64(took)))
		p.crash()
	})
}

// leaves goes away within half a second of a capture: it closes the tab, follows a link, or loads the page anew. What
// was captured counts as saved then, whatever the page has said.
func leaves(t *testing.T, h harness) {
	random, n := moments(t)
	ways := []func(*page){
		func(p *page) {
			if err := chromedp.Cancel(p.ctx); err != nil {
				p.t.Fatal(err)
			}
		},
		func(p *page) { p.do(chromedp.Navigate("about:blank")) },
		func(p *page) { p.reload() },
	}
	survive(t, n, h.tabs(t), func(p *page, l *ledger) {
		l.teach(p)
		l.saved = l.taught
		time.Sleep(time.Duration(random.Int64N(int64(500 * time.Millisecond))))
		ways[l.taught%len(ways)](p)
	})
}

// tabs opens tabs of a profile that outlives them.
func (h harness) tabs(t *testing.T) func() func(*testing.T) *page {
	return func() func(*testing.T) *page {
		ctx, cancel := chromedp.NewContext(h.browser, chromedp.WithNewBrowserContext())
		t.Cleanup(cancel)
		if err := chromedp.Do(ctx); err != nil {
			t.Fatal(err)
		}
		return func(t *testing.T) *page { return openTab(t, ctx, h.url, laptop) }
	}
}

// crash ends the process of the tab.
func (p *page) crash() {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	crashed := make(chan struct{})
	if err := chromedp.Listen(ctx, func(ev any) {
		if _, ok := ev.(*inspector.EventTargetCrashed); ok {
			close(crashed)
		}
	}); err != nil {
		p.t.Fatal(err)
	}
	call(p, inspector.Enable, cdp.Empty{})
	go func() { // it is never answered
		_, _ = chromedp.Run(ctx, func(ctx context.Context, t *chromedp.Target) (cdp.Empty, error) {
			return cdp.Call(ctx, t, cdppage.Crash, cdp.Empty{})
		})
	}()
	select {
	case <-crashed:
	case <-ctx.Done():
		p.t.Fatalf("the tab has not crashed in %v", patience)
	}
}
