package keeping

import "bytes"

// job is one change of the store, with the index that goes with it.
type job struct {
	change  func(x index) (index, []Change, error)
	content *snapshot // what it saves, if it saves what is on the page
	done    func(error)
	next    index
	ended   bool
}

// submit hands a job to the store. Those before it may still be on their way: the store keeps the order.
func (k *Keeper) submit(j *job) {
	if !k.writer { // as when another page has taken over while a question was answered
		k.end(j, ErrReader)
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
	j.next = x
	k.ahead = x
	k.jobs = append(k.jobs, j)
	k.flying++
	k.wake()
	k.store.Put(changes, func(err error) {
		if err != nil {
			k.land(j, err)
			return
		}
		k.readBack(j, changes)
	})
	k.store.After(patience, func() {
		if !j.ended && k.failed == nil {
			k.failed = ErrSlow // it may yet come, and is then good
			k.wake()
		}
	})
}

// readBack compares what lies in the store with what was handed over. Of jobs that follow each other quickly the
// later may have taken the place of the earlier; the last one tells.
func (k *Keeper) readBack(j *job, changes []Change) {
	if j != k.jobs[len(k.jobs)-1] {
		k.land(j, nil)
		return
	}
	keys := make([]string, len(changes))
	for i, c := range changes {
		keys[i] = c.Key
	}
	k.store.Get(keys, func(values [][]byte, err error) {
		if err == nil && j == k.jobs[len(k.jobs)-1] {
			for i, c := range changes {
				if i >= len(values) || !bytes.Equal(values[i], c.Value) {
					err = ErrUnlike
				}
			}
		}
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
	case err == nil:
		k.failed = nil
	case j.content != nil:
		k.restore(j.content)
		k.fail(err)
	}
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

// idle tells who waits for it that nothing is on its way.
func (k *Keeper) idle() {
	if k.flying > 0 {
		return
	}
	after := k.after
	k.after = nil
	for _, f := range after {
		f()
	}
}
