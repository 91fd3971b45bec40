package papers

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// LabelsOf is the file that holds the labels of the cubes in a file: cubes.npy has cubes.labels.npy beside it.
func LabelsOf(file string) string {
	return strings.TrimSuffix(file, filepath.Ext(file)) + ".labels.npy"
}

// ReadCubes reads spectral cubes, an array (N, H, W, Bands) of numbers, and their labels, (N) integers, from
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

// readFloats reads an npy file of numbers as float32. It does not use gorgonia's reader, which believes whatever size a
// header claims, and cannot read the int64 that numpy makes of labels (tensor v0.9.24 reads them into an int).
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
	values, shape, err = decodeNpy(data)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %s: %w", ErrCubes, file, err)
	}
	return values, shape, nil
}

// The parts of an npy header.
var (
	npyType  = regexp.MustCompile(`'descr':\s*'[<|]([fiu][1248])'`)
	npyOrder = regexp.MustCompile(`'fortran_order':\s*False`)
	npyShape = regexp.MustCompile(`'shape':\s*\(([0-9, ]+)\)`)
)

// decodeNpy reads the format of numpy.lib.format, version 1.0: magic, a header that is a Python literal, the values.
// Nothing is allocated before the header and the length of the file agree.
func decodeNpy(data []byte) (values []float32, shape []int, err error) {
	if len(data) < 10 || string(data[:8]) != "\x93NUMPY\x01\x00" {
		return nil, nil, errors.New("no npy file of version 1.0")
	}
	length := int(binary.LittleEndian.Uint16(data[8:]))
	if len(data) < 10+length {
		return nil, nil, fmt.Errorf("header of %d bytes in a file of %d", length, len(data))
	}
	header, body := data[10:10+length], data[10+length:]
	kind, dims := npyType.FindSubmatch(header), npyShape.FindSubmatch(header)
	if kind == nil || dims == nil || !npyOrder.Match(header) {
		return nil, nil, fmt.Errorf("header %q, want little-endian numbers in C order and a shape", header)
	}
	read, known := npyReaders[string(kind[1])]
	if !known {
		return nil, nil, fmt.Errorf("values of type %s", kind[1])
	}
	width := int(kind[1][1] - '0')
	size := width
	for d := range strings.SplitSeq(string(dims[1]), ",") {
		if d = strings.TrimSpace(d); d == "" {
			continue
		}
		n, err := strconv.Atoi(d)
		if err != nil || n < 1 || n > len(data)/size {
			return nil, nil, fmt.Errorf("dimension %s in a file of %d bytes", d, len(data))
		}
		size *= n
		shape = append(shape, n)
	}
	if size != len(body) {
		return nil, nil, fmt.Errorf("%d bytes of values, the shape makes %d", len(body), size)
	}
	values = make([]float32, size/width)
	for i := range values {
		values[i] = read(body[i*width:])
	}
	return values, shape, nil
}

// npyReaders turn the bytes of a value into a float32, by type.
var npyReaders = map[string]func(b []byte) float32{
	"f4": func(b []byte) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(b)) },
	"f8": func(b []byte) float32 { return float32(math.Float64frombits(binary.LittleEndian.Uint64(b))) },
	"i1": func(b []byte) float32 { return float32(int8(b[0])) },
	"i2": func(b []byte) float32 { return float32(int16(binary.LittleEndian.Uint16(b))) },
	"i4": func(b []byte) float32 { return float32(int32(binary.LittleEndian.Uint32(b))) },
	"i8": func(b []byte) float32 { return float32(int64(binary.LittleEndian.Uint64(b))) },
	"u1": func(b []byte) float32 { return float32(b[0]) },
	"u2": func(b []byte) float32 { return float32(binary.LittleEndian.Uint16(b)) },
	"u4": func(b []byte) float32 { return float32(binary.LittleEndian.Uint32(b)) },
	"u8": func(b []byte) float32 { return float32(binary.LittleEndian.Uint64(b)) },
}

// sorted returns the different values of v in rising order.
func sorted(v []int) []int {
	v = slices.Clone(v)
	slices.Sort(v)
	return slices.Compact(v)
}
