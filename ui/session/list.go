package session

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"

	"oneshot/ui/state"
)

// list is the JSON, as it is read.
type list struct {
	Format  string      `json:"format"`
	Version int         `json:"version"`
	Classes []listClass `json:"classes"`
}

type listClass struct {
	Name   string     `json:"name"`
	Folder string     `json:"folder"`
	Colour *int       `json:"colour"`
	Shots  []listShot `json:"shots"`
}

type listShot struct {
	File    string      `json:"file"`
	Strokes [][]float32 `json:"strokes"` // x, y and pressure of each point in turn; none for a picture
}

// appendList writes the JSON, one example a line.
func appendList(b []byte, classes []state.Class, folders []string) []byte {
	b = append(b, "{\n\"format\": \""+format+"\",\n\"version\": "+strconv.Itoa(versionOf(classes))+",\n\"classes\": ["...)
	for i := range classes {
		b = append(b, comma(i)...)
		b = append(b, "\n{\"name\": "...)
		b = appendQuoted(b, classes[i].Name)
		b = append(b, ", \"folder\": "...)
		b = appendQuoted(b, folders[i])
		if c := classes[i].Colour; c != 0 {
			b = strconv.AppendInt(append(b, ", \"colour\": "...), int64(c), 10)
		}
		b = append(b, ", \"shots\": ["...)
		for j := range classes[i].Shots {
			b = append(b, comma(j)...)
			b = append(b, "\n{\"file\": \""+fileName(j)+"\""...)
			if strokes := classes[i].Shots[j].Strokes; len(strokes) > 0 {
				b = appendStrokes(append(b, ", \"strokes\": "...), strokes)
			}
			b = append(b, '}')
		}
		b = append(b, "]}"...)
	}
	return append(b, "]\n}\n"...)
}

func comma(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}

// appendQuoted writes a name that state.CleanName let pass: it has no control characters.
func appendQuoted(b []byte, name string) []byte {
	b = append(b, '"')
	for i := range len(name) {
		if name[i] == '"' || name[i] == '\\' {
			b = append(b, '\\')
		}
		b = append(b, name[i])
	}
	return append(b, '"')
}

// appendStrokes writes every number with as many digits as bring it back bit for bit.
func appendStrokes(b []byte, strokes []state.Stroke) []byte {
	b = append(b, '[')
	for i, s := range strokes {
		b = append(append(b, comma(i)...), '[')
		for j, p := range s {
			b = append(b, comma(j)...)
			b = append(strconv.AppendFloat(b, float64(p.X), 'g', -1, 32), ',')
			b = append(strconv.AppendFloat(b, float64(p.Y), 'g', -1, 32), ',')
			b = strconv.AppendFloat(b, float64(p.Pressure), 'g', -1, 32)
		}
		b = append(b, ']')
	}
	return append(b, ']')
}

// parseList reads the JSON and checks what says that it is one of ours. Brackets are counted first,
// those in names too: each opens something that takes memory.
func parseList(b []byte) (*list, error) {
	const most = MaxStrokes + 2*state.MaxClasses*(state.MaxShots+state.MaxName)
	if n := bytes.Count(b, []byte("[")) + bytes.Count(b, []byte("{")); n > most {
		return nil, fail(ErrLimit, listName, bound(uint64(n), "brackets", most))
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	var l list
	if err := d.Decode(&l); err != nil {
		return nil, fail(ErrList, listName, err.Error())
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fail(ErrList, listName, "something stands after its end")
	}
	if l.Format != format {
		return nil, fail(ErrList, listName, "format "+quoted(l.Format)+", want "+quoted(format))
	}
	if l.Version < 1 || l.Version > version {
		return nil, fail(ErrVersion, listName, strconv.Itoa(l.Version)+", want 1 to "+strconv.Itoa(version))
	}
	return &l, nil
}

// points turns the numbers of a stroke into points.
func points(numbers []float32, part string) (state.Stroke, error) {
	if len(numbers)%3 != 0 {
		return nil, fail(ErrStroke, part, strconv.Itoa(len(numbers))+" numbers, want three a point")
	}
	s := make(state.Stroke, 0, len(numbers)/3)
	for i := 0; i < len(numbers); i += 3 {
		s = append(s, state.Point{X: numbers[i], Y: numbers[i+1], Pressure: numbers[i+2]})
	}
	return s, nil
}
