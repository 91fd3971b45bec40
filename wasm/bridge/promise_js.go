package bridge

import (
	"errors"
	"fmt"
	"strings"
	"syscall/js"

	"oneshot/ui/keeping"
)

// first calls one function, that of the event which comes to target first.
func first(target js.Value, events map[string]func()) {
	var all []js.Func
	for name, f := range events {
		listen := js.FuncOf(func(js.Value, []js.Value) any {
			for name := range events {
				target.Set("on"+name, js.Null())
			}
			for _, l := range all {
				l.Release()
			}
			f()
			return nil
		})
		all = append(all, listen)
		target.Set("on"+name, listen)
	}
}

// settle calls done with what a promise comes to.
func settle(promise js.Value, done func(js.Value, error)) {
	var kept, broken js.Func
	release := func() { kept.Release(); broken.Release() }
	kept = js.FuncOf(func(_ js.Value, args []js.Value) any {
		release()
		v := js.Undefined()
		if len(args) > 0 {
			v = args[0]
		}
		done(v, nil)
		return nil
	})
	broken = js.FuncOf(func(_ js.Value, args []js.Value) any {
		release()
		why := js.Undefined()
		if len(args) > 0 {
			why = args[0]
		}
		done(js.Undefined(), fault(why, errRefused))
		return nil
	})
	promise.Call("then", kept, broken)
}

var errRefused = errors.New("the browser refuses it")

// attempt calls f and returns what JavaScript throws meanwhile.
func attempt(f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case js.Error:
			err = fault(r.Value, errRefused)
		default:
			panic(r)
		}
	}()
	f()
	return nil
}

// rejection is an exception of the browser: the name of a DOMException, such as NotAllowedError, and its message.
type rejection struct{ name, message string }

func (r *rejection) Error() string { return r.name + ": " + r.message }

// fault is an exception of the browser as an error, with the rejection in it; kind is what it is if its name does not tell.
func fault(v js.Value, kind error) error {
	if v.Type() != js.TypeObject {
		return kind
	}
	text := func(key string) string {
		if t := v.Get(key); t.Type() == js.TypeString {
			return t.String()
		}
		return ""
	}
	r := &rejection{text("name"), text("message")}
	switch {
	case r.name == "QuotaExceededError", strings.Contains(r.message, "FILE_ERROR_NO_SPACE"): // Chromium's word for a full disk
		kind = keeping.ErrFull
	case r.name == "SecurityError":
		kind = keeping.ErrDenied
	case r.name == "UnknownError": // of the disk, say
		kind = errRefused
	}
	return fmt.Errorf("%w: %w", kind, r)
}

// outcome waits for a promise. It must not be called where JavaScript waits for Go, as in a listener.
func outcome(promise js.Value) (js.Value, error) {
	type result struct {
		value js.Value
		err   error
	}
	done := make(chan result, 1)
	settle(promise, func(v js.Value, err error) { done <- result{v, err} })
	r := <-done
	return r.value, r.err
}
