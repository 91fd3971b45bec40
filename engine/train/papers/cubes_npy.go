package papers

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gorgonia.org/tensor"
)

// LabelsOf is the file that holds the labels of the cubes in a file: cubes.npy has cubes.labels.npy beside it.
func LabelsOf(file string) string {
	return strings.TrimSuffix(file, filepath.Ext(file)) + ".labels.npy"
}

// ReadCubes reads spectral cubes, an array (N, H, W, Bands) of float32 or float64, and their labels, (N) integers, from
// two npy files of version 1.0 as numpy.save writes them.
func ReadCubes(file string) (*Cubes, error) {
	values, shape, err := readFloats(file)
	if err != nil {
		return nil, err
	}
	if len(shape) != 4 {
		return nil, fmt.Errorf("%w: %s: %d dimensions, want (N, H, W, bands)", ErrCubes, file, len(shape))
	}
	numbers, labelShape, err := readFloats(LabelsOf(file))
	if err != nil {
		return nil, err
	}
	if len(labelShape) != 1 || labelShape[0] != shape[0] {
		return nil, fmt.Errorf("%w: %s: labels %v of cubes %v", ErrCubes, file, labelShape, shape)
	}
	labels := make([]int, len(numbers))
	for i, v := range numbers {
		if labels[i] = int(v); float32(labels[i]) != v {
			return nil, fmt.Errorf("%w: %s: label %d is %v, want an integer", ErrCubes, LabelsOf(file), i, v)
		}
	}
	c, err := NewCubes(values, shape[1], shape[2], shape[3], labels)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return c, nil
}

// maxCubeBytes is the largest npy file that is read.
const maxCubeBytes = 8 << 30

// readFloats reads an npy file of numbers as float32.
func readFloats(file string) (values []float32, shape []int, err error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, nil, fmt.Errorf("papers: %w", err)
	}
	if info.Size() > maxCubeBytes {
		return nil, nil, fmt.Errorf("%w: %s: %d bytes, at most %d", ErrCubes, file, info.Size(), int64(maxCubeBytes))
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, fmt.Errorf("papers: %w", err)
	}
	if err := checkNpy(data); err != nil {
		return nil, nil, fmt.Errorf("%w: %s: %w", ErrCubes, file, err)
	}
	t := &tensor.Dense{}
	if err := t.ReadNpy(bytes.NewReader(data)); err != nil {
		return nil, nil, fmt.Errorf("%w: %s: %w", ErrCubes, file, err)
	}
	switch v := t.Data().(type) {
	case []float32:
		values = v
	case []float64:
		values = converted(v)
	case []int:
		values = converted(v)
	case []int32:
		values = converted(v)
	case []int64:
		values = converted(v)
	case []uint8:
		values = converted(v)
	default:
		return nil, nil, fmt.Errorf("%w: %s: values of type %v", ErrCubes, file, t.Dtype())
	}
	return values, slices.Clone(t.Shape()), nil
}

func converted[T float64 | int | int32 | int64 | uint8](v []T) []float32 {
	to := make([]float32, len(v))
	for i, x := range v {
		to[i] = float32(x)
	}
	return to
}

// The parts of an npy header that decide how much memory it asks for.
var (
	npyType  = regexp.MustCompile(`'descr':\s*'[<|]([fiu])([1248])'`)
	npyShape = regexp.MustCompile(`'shape':\s*\(([0-9, ]+)\)`)
)

// checkNpy refuses a file whose header does not agree with its length, before the reader believes the header.
func checkNpy(data []byte) error {
	if len(data) < 10 || string(data[:8]) != "\x93NUMPY\x01\x00" {
		return fmt.Errorf("no npy file of version 1.0")
	}
	length := int(data[8]) | int(data[9])<<8
	if len(data) < 10+length {
		return fmt.Errorf("header of %d bytes in a file of %d", length, len(data))
	}
	header := data[10 : 10+length]
	kind, dims := npyType.FindSubmatch(header), npyShape.FindSubmatch(header)
	if kind == nil || dims == nil {
		return fmt.Errorf("header %q, want little-endian numbers and a shape", header)
	}
	size := int(kind[2][0] - '0')
	for _, d := range strings.Split(string(dims[1]), ",") {
		if d = strings.TrimSpace(d); d == "" {
			continue
		}
		n, err := strconv.Atoi(d)
		if err != nil || n < 1 || n > len(data)/size {
			return fmt.Errorf("dimension %s in a file of %d bytes", d, len(data))
		}
		size *= n
	}
	if size != len(data)-10-length {
		return fmt.Errorf("%d bytes of values, the shape makes %d", len(data)-10-length, size)
	}
	return nil
}

// sorted returns the different values of v in rising order.
func sorted(v []int) []int {
	v = slices.Clone(v)
	slices.Sort(v)
	return slices.Compact(v)
}
