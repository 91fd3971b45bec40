package bridge

import (
	"errors"
	"fmt"
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
		done(js.Undefined(), fault(args[0], errRefused))
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

// fault is an exception of the browser as an error; kind is what it is if its name does not tell.
func fault(v js.Value, kind error) error {
	if v.Type() != js.TypeObject {
		return kind
	}
	switch name := v.Get("name").String(); name {
	case "QuotaExceededError":
		return keeping.ErrFull
	case "SecurityError":
		return keeping.ErrDenied
	default:
		return fmt.Errorf("%w: %s: %s", kind, name, v.Get("message").String())
	}
}
