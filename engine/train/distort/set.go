package distort

import (
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"

	"oneshot/engine/fewshot"
	"oneshot/engine/prep"
)

// Set makes the drawings of a set again that wanted says yes to, on all cores. The result maps each to its distorted
// one, as package prep sees it, or to nil if prep finds no ink in the new picture. Each drawing has a generator of its own:
// the same set and seed give the same pictures, whichever are wanted.
func Set(set *fewshot.Set, d Distortion, seed uint64, wanted func(*fewshot.Drawing) bool) map[*fewshot.Drawing]*fewshot.Drawing {
	type task struct {
		drawing *fewshot.Drawing
		place   uint64 // in the set
	}
	var tasks []task
	place := uint64(0)
	for _, c := range set.Classes {
		for _, drawing := range c.Drawings {
			if place++; wanted(drawing) {
				tasks = append(tasks, task{drawing, place})
			}
		}
	}
	made := make([]*fewshot.Drawing, len(tasks))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := int(next.Add(1) - 1); i < len(tasks); i = int(next.Add(1) - 1) {
				made[i] = again(tasks[i].drawing, d, rand.New(rand.NewPCG(seed, tasks[i].place)))
			}
		})
	}
	wait.Wait()
	of := make(map[*fewshot.Drawing]*fewshot.Drawing, len(tasks))
	for i, t := range tasks {
		of[t.drawing] = made[i]
	}
	return of
}

// again is the drawing distorted, or nil if no ink is found in it. It keeps the picture as it was published, which no
// network looks at.
func again(drawing *fewshot.Drawing, d Distortion, r *rand.Rand) *fewshot.Drawing {
	in, err := prep.FromImage(d.Apply(drawing.Image, r))
	if err != nil {
		return nil
	}
	return &fewshot.Drawing{Name: drawing.Name, Image: drawing.Image, Input: in}
}
