package keeping

// Erase removes everything from the store, once nothing is on its way to it. What is on the page is not saved again
// before it changes.
func (k *Keeper) Erase(done func(error)) {
	if !k.writer {
		done(ErrReader)
		return
	}
	k.newest = nil
	k.after = append(k.after, func() {
		k.store.Erase(func(err error) {
			if err == nil {
				k.index, k.ahead, k.read = emptyIndex(), emptyIndex(), true
				k.sent, k.newest, k.failed = nil, nil, nil
				k.asked = false
			}
			k.wake()
			done(err)
		})
	})
	k.idle()
}
