package keeping

// Erase removes everything from the store, once nothing is on its way to it, and forgets what is not saved yet. If that
// fails, it is saved all the same.
func (k *Keeper) Erase(done func(error)) {
	if !k.writer {
		done(ErrReader)
		return
	}
	k.erasing = true
	k.after = append(k.after, func() {
		if !k.writer { // another page has taken over meanwhile, and may have saved
			k.erasing = false
			done(ErrReader)
			return
		}
		k.store.Erase(func(err error) {
			k.erasing = false
			if err == nil {
				k.newest, k.older, k.sent = nil, nil, nil
				k.index, k.ahead, k.read = emptyIndex(), emptyIndex(), true
				k.failed, k.asked = nil, false
			} else {
				k.soon(again)
			}
			k.wake()
			done(err)
		})
	})
	k.idle()
}
