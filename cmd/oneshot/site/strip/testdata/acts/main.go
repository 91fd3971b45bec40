// Command acts does what the runtime needs its tables for, and says what came of it: what it prints must be the same
// before and after they are stripped.
package main

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
)

func main() {
	fmt.Println("stacks", grow(20000, "x"))
	fmt.Println("collected", collect())
	fmt.Println("goroutines", goroutines(), runtime.NumGoroutine())
	fmt.Println("reflect", reflected())
	fmt.Println("finalized", finalized())
	for _, p := range []struct {
		name string
		do   func() any
	}{
		{"direct", direct}, {"named", named}, {"with arguments", withArguments}, {"a method", method}, {"of an interface", ofInterface},
		{"embedded", embedded}, {"method value", methodValue}, {"in a loop", inLoop}, {"nested", nested}, {"again", again},
		{"too deep", caught(tooDeep)}, {"too deep, inlined", caught(tooDeepInlined)}, {"not deferred", caught(notDeferred)},
		{"recover itself", caught(recoverItself)}, {"generic", generic}, {"of an error", runtimeError}, {"nil in a wrapper", nilInWrapper},
	} {
		fmt.Printf("recover %s: %v\n", p.name, p.do())
	}
	defer fmt.Println("deferred, then the end")
	var m map[string]int
	m[strings.Repeat("a", 3)] = 1
}

// grow recurses with pointers into its own frames, so that each growth of the stack has to find them.
func grow(n int, s string) int {
	var frame [8]*int
	for i := range frame {
		v := n + i
		frame[i] = &v
	}
	if n > 0 {
		n = grow(n-1, s) + len(s)
	}
	for i, p := range frame {
		n += *p - *frame[0] - i
	}
	if n%1000 == 0 {
		runtime.GC()
	}
	return n
}

type tree struct {
	left, right *tree
	text        []byte
}

func plant(depth int) *tree {
	if depth == 0 {
		return &tree{text: []byte("leaf")}
	}
	return &tree{plant(depth - 1), plant(depth - 1), make([]byte, depth)}
}

func (t *tree) count() int {
	if t == nil {
		return 0
	}
	return 1 + len(t.text) + t.left.count() + t.right.count()
}

func collect() (n int) {
	kept := plant(12)
	for range 30 {
		defer func(t *tree) { n += t.count() }(plant(6))
		n += plant(10).count()
		runtime.GC()
	}
	return n + kept.count()
}

func goroutines() int {
	results := make(chan int)
	for i := range 100 {
		go func() {
			local := plant(5)
			runtime.Gosched()
			select {
			case results <- local.count() + grow(i, "y"):
			case <-time.After(time.Minute):
			}
		}()
	}
	n := 0
	for range 100 {
		n += <-results
		if n%7 == 0 {
			runtime.GC()
		}
	}
	runtime.Gosched()
	return n
}

// Frames of functions that reflect makes have no stack maps of their own: the collector knows them by name.
func reflected() string {
	defer debug.SetGCPercent(debug.SetGCPercent(1))
	swap := reflect.MakeFunc(reflect.TypeFor[func(*tree, string) (string, *tree)](), func(in []reflect.Value) []reflect.Value {
		return []reflect.Value{in[1], in[0]}
	}).Interface().(func(*tree, string) (string, *tree))
	wrong := 0
	for i := range 20000 {
		s, t := swap(plant(2), strings.Repeat("ab", 2+i%3))
		tell := reflect.ValueOf(t).MethodByName("Tell").Interface().(func(string) string)
		if tell(s) != strings.Repeat("ab", 2+i%3)+" 27" {
			wrong++
		}
	}
	return fmt.Sprint(wrong, " wrong")
}

func (t *tree) Tell(s string) string { return fmt.Sprint(s, " ", t.count()) }

func finalized() int {
	done := make(chan int, 1)
	func() { runtime.SetFinalizer(plant(3), func(t *tree) { done <- t.count() }) }()
	for {
		runtime.GC()
		select {
		case n := <-done:
			return n
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// What is recovered, and what is not.

type person struct{ out *any }

func (p person) catch()         { *p.out = recover() }
func (p *person) catchPointer() { *p.out = recover() }

type catcher interface{ catch() }

type crowd struct {
	person
	n int
}

func catchInto(out *any)              { *out = recover() }
func catchMore(out *any, more ...int) { *out = fmt.Sprint(recover(), more) }
func callsCatch(out *any)             { catchInto(out) }

//go:noinline
func hide[T any](v T) T { return v }

func direct() (out any) {
	defer func() { out = recover() }()
	panic(1)
}

func named() (out any) {
	defer catchInto(&out)
	panic(2)
}

func withArguments() (out any) {
	defer catchMore(&out, 1, 2, len(hide("abc")))
	panic(3)
}

func method() (out any) {
	defer person{&out}.catch()
	panic(4)
}

func ofInterface() (out any) {
	defer hide[catcher](person{&out}).catch()
	panic(5)
}

func embedded() (out any) {
	defer hide[catcher](&crowd{person{&out}, 1}).catch()
	panic(6)
}

func methodValue() (out any) {
	f := hide((&person{&out}).catchPointer)
	defer f()
	panic(7)
}

func inLoop() (out any) {
	for i := range hide(3) {
		defer func() { out = fmt.Sprint(out, i, recover()) }()
	}
	panic(8)
}

func nested() (out any) {
	defer func() { out = fmt.Sprint(out, recover()) }()
	defer func() {
		defer catchInto(&out)
		panic(10)
	}()
	panic(9)
}

func again() (out any) {
	defer func() { out = recover() }()
	defer func() { panic(fmt.Sprint(recover(), " and once more")) }()
	panic(11)
}

func tooDeep(out *any)        { defer func() { hide(callsCatch)(out) }(); panic(12) }
func tooDeepInlined(out *any) { defer callsCatch(out); panic(13) }
func notDeferred(out *any)    { defer fmt.Print(""); catchInto(out); panic(14) }
func recoverItself(*any)      { defer recover(); panic(15) }

// caught says what a panic left in out, and whether it went on.
func caught(f func(*any)) func() any {
	return func() (said any) {
		var out any
		defer func() { said = fmt.Sprint(out, ", then ", recover()) }()
		f(&out)
		return
	}
}

type box[T any] struct{ v T }

func (b box[T]) catch() { *any(b.v).(*any) = recover() }

func generic() (out any) {
	defer hide[catcher](box[*any]{&out}).catch()
	panic(16)
}

func runtimeError() (out any) {
	defer func() {
		var e runtime.Error
		out = fmt.Sprint(errors.As(recover().(error), &e), e)
	}()
	return []int{}[hide(3)]
}

type shouter interface{ shout() string }

func (p person) shout() string { return "!" }

// The message has the names of the method and its type, which are cut out of that of a function.
func nilInWrapper() (out any) {
	defer func() { out = strings.Contains(fmt.Sprint(recover()), "called using nil") }()
	return hide[shouter]((*person)(nil)).shout()
}
