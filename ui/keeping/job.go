package keeping

import (
	"bytes"
	"slices"
)

// job is one change of the store, with the index that goes with it.
type job struct {
	change  func(x index) (index, []Change, error)
	content *snapshot // what it saves, if it saves what is on the page
	done    func(error)
	next    index
	puts    []Change // what the store was handed
	ended   bool
}

// submit hands a job to the store. Those before it may still be on their way: the store keeps the order. They may yet
// fail, and the index of this one tells of what they change: so it makes their changes too.
func (k *Keeper) submit(j *job) {
	switch {
	case !k.writer || k.erasing: // as when another page has taken over, or all is to go, while a question was answered
		k.end(j, ErrReader)
		return
	case !k.read:
		k.end(j, ErrSlow)
		return
	}
	x, changes, err := j.change(k.ahead)
	if err == nil {
		var b []byte
		if b, err = x.encode(); err == nil {
			changes = append(changes, Change{indexKey, b})
		}
	}
	if err != nil {
		k.end(j, err)
		return
	}
	if n := len(k.jobs); n > 0 {
		changes = over(k.jobs[n-1].puts, changes)
	}
	j.next, j.puts = x, changes
	k.ahead = x
	k.jobs = append(k.jobs, j)
	k.flying++
	k.wake()
	k.store.Put(changes, func(err error) {
		if err != nil {
			k.land(j, err)
			return
		}
		k.readBack(j)
	})
	k.store.After(patience, func() {
		if !j.ended && k.failed == nil {
			k.failed = ErrSlow // it may yet come, and is then good
			k.wake()
		}
	})
}

// over is changes behind others, without those whose value they replace.
func over(before, changes []Change) []Change {
	all := slices.DeleteFunc(slices.Clone(before), func(b Change) bool {
		return slices.ContainsFunc(changes, func(c Change) bool { return c.Key == b.Key })
	})
	return append(all, changes...)
}

// readBack compares what lies in the store with what was handed over. Of jobs that follow each other quickly the
// later may have taken the place of the earlier; the last one tells.
func (k *Keeper) readBack(j *job) {
	if j != k.jobs[len(k.jobs)-1] {
		k.land(j, nil)
		return
	}
	keys := make([]string, len(j.puts))
	for i, c := range j.puts {
		keys[i] = c.Key
	}
	k.store.Get(keys, func(values [][]byte, err error) {
		if err == nil && j == k.jobs[len(k.jobs)-1] {
			for i, c := range j.puts {
				if i >= len(values) || !bytes.Equal(values[i], c.Value) {
					err = ErrUnlike
				}
			}
		}
		k.read = err == nil // else it may lie there or not
		k.land(j, err)
	})
}

// land takes in what the store answered to a job.
func (k *Keeper) land(j *job, err error) {
	k.flying--
	for i := range k.jobs {
		if k.jobs[i] == j {
			k.jobs = append(k.jobs[:i:i], k.jobs[i+1:]...)
			break
		}
	}
	if err == nil {
		k.index = j.next
	}
	if k.flying == 0 {
		k.ahead = k.index // what failed was not done
	}
	k.end(j, err)
}

// end closes a job and goes on with what has changed meanwhile.
func (k *Keeper) end(j *job, err error) {
	j.ended = true
	switch {
	case err == nil && j.content != nil:
		k.failed = nil // and what else failed is tried again at once
	case err != nil && j.content != nil:
		k.restore(j.content)
		k.fail(err)
	case err != nil && !k.read:
		k.fail(err)
	}
	k.relent()
	if j.done != nil {
		j.done(err)
	}
	if k.flying == 0 && len(k.pending()) > 0 {
		wait := pause
		if err != nil {
			wait = again
		}
		k.soon(wait)
	}
	k.wake()
	k.idle()
}

// fail notes why nothing was saved, and tries again later.
func (k *Keeper) fail(err error) {
	k.failed = err
	k.soon(again)
	k.wake()
}

// idle goes on with what waits for nothing to be on its way.
func (k *Keeper) idle() {
	if k.flying > 0 || k.reading {
		return
	}
	if k.submitEdits(); k.flying > 0 {
		return
	}
	after := k.after
	k.after = nil
	for _, f := range after {
		f()
	}
}
