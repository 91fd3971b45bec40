package weights

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"oneshot/weights/hostile"
)

// hostileFiles are the small one with something wrong, most of them sealed again so that the checksum does not
// catch it first.
func hostileFiles(t *testing.T) []hostile.File {
	valid := encode(t, small())
	const (
		header = prefixBytes
		arch   = header + 2
		count  = arch + len("conv 2, pool")
		first  = count + 2 // the first tensor: length of name, name, type, dims
		ftype  = first + 1 + len("encoder.0.bias")
		second = ftype + 2 + 4
		stype  = second + 1 + len("encoder.0.weight")
		data   = stype + 2 + 4*4
	)
	// raw changes bytes and leaves the checksum as it is.
	raw := func(at int, with string) []byte {
		b := bytes.Clone(valid)
		copy(b[at:], with)
		return b
	}
	change := func(at int, with string) []byte { return seal(raw(at, with)) }
	insert := func(at int, what string) []byte {
		return seal([]byte(string(valid[:at]) + what + string(valid[at:])))
	}
	headerOf := func(b []byte, n int) []byte {
		copy(b[16:], put32(nil, uint32(n)))
		return seal(b)
	}
	// lengthen inserts into the header and says so in its length.
	lengthen := func(at int, what string) []byte { return headerOf(insert(at, what), data-header+len(what)) }
	return []hostile.File{
		// What is no model file.
		{"empty.osm", nil, ErrTruncated, "0 bytes"},
		{"html.osm", []byte("<!DOCTYPE html><html><head><title>404 Not Found</title></head></html>"), ErrMagic, "<!DOCTYP"},
		{"png.osm", []byte("\x89PNG\r\n\x1a\n"), ErrMagic, `"\x89PNG`},
		{"zip.osm", []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), ErrMagic, `"PK\x05\x06`},
		{"gzip.osm", []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"), ErrMagic, `"\x1f\x8b`},
		{"safetensors.osm", []byte("\x02\x00\x00\x00\x00\x00\x00\x00{}"), ErrMagic, `"\x02\x00`},
		{"git-lfs-pointer.osm", []byte("version https://git-lfs.github.com/spec/v1\n"), ErrMagic, `"version `},
		{"byte-order-mark.osm", append([]byte("\xef\xbb\xbf"), valid...), ErrMagic, `"\ufeff\x89ones`},
		{"seven-bits.osm", []byte("\x09" + string(valid[1:])), ErrMagic, `"\toneshot"`},
		{"polyglot-in-front.osm", append([]byte("#!/bin/sh\n"), valid...), ErrMagic, `"#!/bin/s"`},
		{"polyglot-behind.osm", append(bytes.Clone(valid), "PK\x05\x06"+strings.Repeat("\x00", 18)...), ErrTrailing, "there are 160"},
		{"twice.osm", append(bytes.Clone(valid), valid...), ErrTrailing, "the file says 138 bytes, there are 276"},

		// What surrounds the header.
		{"magic-alone.osm", []byte(magic), ErrTruncated, "8 bytes, at least 52"},
		{"half-a-magic.osm", []byte(magic[:4]), ErrTruncated, "4 bytes, at least 52"},
		{"magic-of-another-case.osm", raw(1, "O"), ErrMagic, "Oneshot"},
		{"version-newer.osm", change(8, "\x02"), ErrVersion, "2, this program reads 1"},
		{"version-zero.osm", change(8, "\x00"), ErrVersion, "0, this program reads 1"},
		{"version-big-endian.osm", change(8, "\x00\x00\x00\x01"), ErrVersion, "16777216"},
		{"byte-appended.osm", append(bytes.Clone(valid), 0), ErrTrailing, "there are 139"},
		{"byte-lost-at-the-end.osm", valid[:len(valid)-1], ErrTruncated, "there are 137"},
		{"half-a-file.osm", valid[:len(valid)/2], ErrTruncated, "there are 69"},
		{"length-too-large.osm", raw(15, "\xff"), ErrTruncated, "the file says"},
		{"length-zero.osm", raw(12, "\x00\x00\x00\x00"), ErrTrailing, "the file says 0 bytes"},
		{"length-one-less.osm", raw(12, string(put32(nil, uint32(len(valid)-1)))), ErrTrailing, "the file says 137"},
		{"line-end-appended.osm", append(bytes.Clone(valid), '\r', '\n'), ErrTrailing, "there are 140"},
		{"checksum-wrong.osm", raw(len(valid)-1, string(valid[len(valid)-1]^1)), ErrChecksum, "damaged"},
		{"checksum-zero.osm", raw(len(valid)-checksumBytes, strings.Repeat("\x00", checksumBytes)), ErrChecksum, "damaged"},
		{"weight-changed.osm", raw(data+8, "\x55"), ErrChecksum, "damaged"},
		{"header-of-4-gib.osm", change(16, "\xff\xff\xff\xff"), ErrLimit, "got 2147483647, at most 65536"},
		{"header-beyond-its-limit.osm", change(16, "\x01\x00\x01\x00"), ErrLimit, "65537, at most 65536"},
		{"header-beyond-the-file.osm", change(16, "\x00\x10\x00\x00"), ErrTruncated, "4096 bytes"},
		{"header-over-the-checksum.osm", headerOf(bytes.Clone(valid), len(valid)-header), ErrTruncated, "header of 118 bytes, 86 are left"},
		{"header-of-nothing.osm", change(16, "\x00\x00\x00\x00"), ErrTruncated, "ends before the list of tensors"},
		{"header-of-three-bytes.osm", headerOf(bytes.Clone(valid), 3), ErrTruncated, "ends before the list of tensors"},
		{"header-cut-in-a-tensor.osm", headerOf(bytes.Clone(valid), stype-header), ErrTruncated, "inside tensor 1"},
		{"header-cut-in-the-dimensions.osm", headerOf(bytes.Clone(valid), data-1-header), ErrTruncated, "inside its dimensions"},
		{"header-too-long.osm", lengthen(data, "\x00"), ErrTrailing, "1 bytes of header"},

		// The description and the list of tensors.
		{"description-missing.osm", seal([]byte(string(valid[:header]) + "\x00\x00" + string(valid[count:]))), ErrArch, "0 bytes"},
		{"description-of-64-kib.osm", change(header, "\xff\xff"), ErrTruncated, "header ends"},
		{"description-beyond-its-limit.osm", headerOf(seal([]byte(string(valid[:header])+"\x01\x04"+strings.Repeat("c", MaxArchBytes+1)+string(valid[count:]))),
			data-header-len("conv 2, pool")+MaxArchBytes+1), ErrArch, "1025 bytes, want 1 to 1024"},
		{"description-with-a-line-end.osm", change(arch, "\n"), ErrArch, "byte 10 at 0"},
		{"description-with-a-zero.osm", change(arch+3, "\x00"), ErrArch, "byte 0 at 3"},
		{"description-with-delete.osm", change(arch+2, "\x7f"), ErrArch, "byte 127 at 2"},
		{"description-not-ascii.osm", change(arch+1, "\xc3"), ErrArch, "byte 195 at 1"},
		{"no-tensors.osm", change(count, "\x00\x00"), ErrLimit, "0 tensors"},
		{"257-tensors.osm", change(count, "\x01\x01"), ErrLimit, "257 tensors, want 1 to 256"},
		{"65535-tensors.osm", change(count, "\xff\xff"), ErrLimit, "65535 tensors"},
		{"one-tensor-too-many.osm", change(count, "\x03\x00"), ErrTruncated, "inside tensor 2"},
		{"one-tensor-too-few.osm", change(count, "\x01\x00"), ErrTrailing, "bytes of header"},
		{"name-empty.osm", change(first, "\x00"), ErrName, "0 bytes"},
		{"name-beyond-its-limit.osm", headerOf([]byte(string(valid[:first])+"A"+strings.Repeat("a", 51)+string(valid[first+1:])), data-header+51), ErrName, "65 bytes, want 1 to 64"},
		{"name-beyond-the-header.osm", change(first, "\xff"), ErrTruncated, "inside tensor 0"},
		{"name-as-a-path.osm", change(first+1, "../../.b"), ErrName, `"../../.b`},
		{"name-with-capitals.osm", change(first+1, "E"), ErrName, "Encoder"},
		{"name-with-a-zero.osm", change(first+4, "\x00"), ErrName, `enc\x00der`},
		{"name-with-markup.osm", change(first+1, "<b>"), ErrName, `"<b>oder`},
		{"names-out-of-order.osm", change(first+1, "z"), ErrOrder, "zncoder"},
		{"element-type-0.osm", change(ftype, "\x00"), ErrType, "0, want 1"},
		{"element-type-3.osm", change(ftype, "\x03"), ErrType, "3, want 1"},
		{"element-type-255.osm", change(stype, "\xff"), ErrType, `"encoder.0.weight": bad element type: 255`},
		{"dimensions-none.osm", change(ftype+1, "\x00"), ErrDims, "0 of them"},
		{"dimensions-5.osm", change(stype+1, "\x05"), ErrDims, "5 of them"},
		{"dimensions-255.osm", change(stype+1, "\xff"), ErrDims, "255 of them"},

		// Sizes that lie.
		{"dimension-zero.osm", change(ftype+2, "\x00"), ErrDims, "dimension 0 is 0"},
		{"dimension-zero-behind-others.osm", change(stype+2+12, "\x00"), ErrDims, "dimension 3 is 0"},
		{"dimension-negative.osm", change(ftype+2, "\xff\xff\xff\xff"), ErrLimit, "4194304 elements"},
		{"dimension-2-to-the-31.osm", change(ftype+2, "\x00\x00\x00\x80"), ErrLimit, "4194304 elements"},
		{"dimension-beyond-the-limit.osm", change(ftype+2, "\x01\x00\x40\x00"), ErrLimit, "4194304 elements"},
		{"product-over-64-bits.osm", change(stype+2, strings.Repeat("\x00\x00\x01\x00", 4)), ErrLimit, "4194304 elements"},
		{"product-that-wraps-to-6.osm", change(stype+2, "\x03\x00\x00\x80\x02\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00"), ErrLimit, "4194304 elements"},
		{"data-missing.osm", change(ftype+2, "\x00\x00\x10\x00"), ErrTruncated, "4194304 bytes of data"},
		{"data-missing-by-one.osm", change(stype+2+12, "\x04"), ErrTruncated, "8 bytes of data, 6 are left"},
		{"data-read-as-float32.osm", change(stype, "\x02"), ErrTruncated, "24 bytes of data, 6 are left"},
		{"data-read-as-int8.osm", change(ftype, "\x01"), ErrTrailing, "6 bytes of data after the last tensor"},
		{"data-with-a-hole.osm", insert(data, "\x00"), ErrTrailing, "1 bytes of data"},
		{"data-behind-the-last.osm", insert(len(valid)-checksumBytes, "evil"), ErrTrailing, "4 bytes of data"},

		// Values.
		{"nan.osm", change(data, "\x00\x00\xc0\x7f"), ErrValue, "element 0 is NaN"},
		{"nan-signalling.osm", change(data, "\x01\x00\x80\x7f"), ErrValue, "element 0 is NaN"},
		{"nan-negative.osm", change(data+4, "\xff\xff\xff\xff"), ErrValue, "element 1 is NaN"},
		{"infinity.osm", change(data, "\x00\x00\x80\x7f"), ErrValue, "element 0 is +Inf"},
		{"infinity-negative.osm", change(data+4, "\x00\x00\x80\xff"), ErrValue, "element 1 is -Inf"},
	}
}

// perFile bounds what is allocated for the list of tensors and for the text of an error.
const perFile = 64 << 10

func TestHostile(t *testing.T) {
	hostile.Refused(t, hostileFiles(t), perFile, func(_ string, b []byte) error {
		m, err := Decode(b)
		if m != nil {
			t.Errorf("a model beside the error %v", err)
		}
		if err != nil && !strings.HasPrefix(err.Error(), "weights: ") {
			t.Errorf("%q does not name the package", err)
		}
		return err
	})
}

// What is larger than a file of the tree should be.
func TestDecodeRefusesLargeFiles(t *testing.T) {
	if m, err := Decode(make([]byte, MaxFileBytes+1)); m != nil || !errors.Is(err, ErrLimit) || !strings.Contains(err.Error(), "8388609") {
		t.Errorf("%v, %v; want ErrLimit with 8388609", m, err)
	}
}
