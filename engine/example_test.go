package engine_test

import (
	"fmt"

	"oneshot/engine"
	"oneshot/engine/prep"
	"oneshot/weights"
)

// line draws a straight line of ink, across or down.
func line(dx, dy int) (in prep.Input) {
	for i := 4; i < prep.Side-4; i++ {
		x, y := prep.Side/2, prep.Side/2
		if dx != 0 {
			x = i
		}
		if dy != 0 {
			y = i
		}
		in[y*prep.Side+x] = 255
	}
	return in
}

func Example() {
	model, err := weights.Default()
	if err != nil {
		fmt.Println(err)
		return
	}
	clf, err := engine.New(model, engine.Prototype)
	if err != nil {
		fmt.Println(err)
		return
	}
	for class, drawing := range map[string]prep.Input{"across": line(1, 0), "down": line(0, 1), "diagonal": line(1, 1)} {
		if _, err := clf.Add(class, drawing); err != nil { // one example is enough
			fmt.Println(err)
			return
		}
	}
	answer, err := clf.Classify(line(0, 1))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(answer.Ranking[0].Class, "is the first of", len(answer.Ranking))
	// Output: down is the first of 3
}
