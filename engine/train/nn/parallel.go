package nn

import (
	"runtime"
	"sync"
)

// Shards is how many parts a batch is cut into: one for each core. Sums over a batch are
// added shard by shard, so a run repeats exactly only on a machine with the same number of cores.
func Shards() int { return runtime.GOMAXPROCS(0) }

// Parallel cuts 0..n into Shards parts and runs f on each at the same time.
func Parallel(n int, f func(shard, lo, hi int)) {
	shards := min(Shards(), n)
	var wg sync.WaitGroup
	for s := range shards {
		lo, hi := s*n/shards, (s+1)*n/shards
		if s == shards-1 {
			f(s, lo, hi)
			break
		}
		wg.Go(func() { f(s, lo, hi) })
	}
	wg.Wait()
}
