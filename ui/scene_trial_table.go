package ui

import (
	"bytes"
	"encoding/csv"
	"strconv"

	"oneshot/ui/state"
)

// table is the answers of a trial as CSV, one drawing a line. answered is the likeliest class, also where it was
// refused: none says so.
func (s *trialScene) table(b state.Board) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	write := func(fields ...string) { _ = w.Write(fields) } // to memory, which takes all
	write("name", "true", "answered", "confidence", "none")
	for i := range s.trial.Drawings {
		d := &s.trial.Drawings[i]
		write(s.file(d), nameOf(nil, b, d.Class), nameOf(nil, b, d.Answer), strconv.FormatFloat(float64(d.Confidence), 'f', 4, 32), strconv.FormatBool(d.None))
	}
	w.Flush()
	return out.Bytes()
}

// file is where in the zip a drawing stands.
func (s *trialScene) file(d *state.Tried) string { return s.set.Files[d.At[0]][d.At[1]] }
