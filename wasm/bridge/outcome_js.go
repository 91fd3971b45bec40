package bridge

import (
	"errors"
	"syscall/js"
)

// outcome waits for a promise. It must not be called where JavaScript waits for Go, as in a listener.
func outcome(promise js.Value) (js.Value, error) {
	type result struct {
		value js.Value
		err   error
	}
	done := make(chan result, 1)
	kept := js.FuncOf(func(_ js.Value, args []js.Value) any {
		r := result{}
		if len(args) > 0 {
			r.value = args[0]
		}
		done <- r
		return nil
	})
	broken := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- result{err: reason(args)}
		return nil
	})
	defer kept.Release()
	defer broken.Release()
	promise.Call("then", kept, broken)
	r := <-done
	return r.value, r.err
}

// rejection is why a promise was broken: the name of a DOMException, such as NotAllowedError, and its message.
type rejection struct{ name, message string }

func (r *rejection) Error() string { return r.name + ": " + r.message }

func reason(args []js.Value) error {
	if len(args) == 0 || args[0].Type() != js.TypeObject {
		return errors.New("no reason given")
	}
	text := func(key string) string {
		if v := args[0].Get(key); v.Type() == js.TypeString {
			return v.String()
		}
		return ""
	}
	return &rejection{text("name"), text("message")}
}
