package keeping

// Erase removes everything from the store, once nothing is on its way to it. What is on the page is not saved again
// before it changes.
func (k *Keeper) Erase(done func(error)) {
	if !k.writer {
		done(ErrReader)
		return
	}
	k.erasing, k.newest, k.older = true, nil, nil
	k.after = append(k.after, func() {
		if !k.writer { // another page has taken over meanwhile, and may have saved
			k.erasing = false
			done(ErrReader)
			return
		}
		k.store.Erase(func(err error) {
			k.erasing, k.newest, k.older, k.sent = false, nil, nil, nil
			if err == nil {
				k.index, k.ahead, k.read = emptyIndex(), emptyIndex(), true
				k.failed, k.asked = nil, false
			}
			k.wake()
			done(err)
		})
	})
	k.idle()
}
