package weights

import "math/bits"

const (
	checksumBytes = 32
	blockBytes    = 64
)

// checksum returns the SHA-256 of b (FIPS 180-4). Whatever crypto/sha256 brings along, with files, a random source
// and ciphers, is 80 kB of the 930 kB that a browser fetches, and has to be started before the first answer.
func checksum(b []byte) (sum [checksumBytes]byte) {
	h := hash{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}
	rest := b
	for ; len(rest) >= blockBytes; rest = rest[blockBytes:] {
		h.add((*[blockBytes]byte)(rest))
	}
	var tail [2 * blockBytes]byte // the rest, a one, zeros, the length in bits
	tail[copy(tail[:], rest)] = 0x80
	end := blockBytes
	if len(rest)+1+8 > blockBytes {
		end = 2 * blockBytes
	}
	for i := range 8 {
		tail[end-1-i] = byte(8 * uint64(len(b)) >> (8 * i))
	}
	for i := 0; i < end; i += blockBytes {
		h.add((*[blockBytes]byte)(tail[i:]))
	}
	for i := range sum {
		sum[i] = byte(h[i/4] >> (24 - i%4*8))
	}
	return sum
}

type hash [8]uint32

// add takes one block. A browser compiles a function well after many calls, not during one long loop: so there is one
// call a block.
func (s *hash) add(block *[blockBytes]byte) {
	var w [64]uint32
	for i := range 16 {
		v := block[4*i:][:4]
		w[i] = uint32(v[0])<<24 | uint32(v[1])<<16 | uint32(v[2])<<8 | uint32(v[3])
	}
	for i := 16; i < len(w); i++ {
		x, y := w[i-15], w[i-2]
		w[i] = w[i-16] + (bits.RotateLeft32(x, -7) ^ bits.RotateLeft32(x, -18) ^ x>>3) +
			w[i-7] + (bits.RotateLeft32(y, -17) ^ bits.RotateLeft32(y, -19) ^ y>>10)
	}
	a, b, c, d, e, f, g, h := s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]
	for i, v := range w {
		x := h + (bits.RotateLeft32(e, -6) ^ bits.RotateLeft32(e, -11) ^ bits.RotateLeft32(e, -25)) + (e&f ^ ^e&g) + roundConstants[i] + v
		y := (bits.RotateLeft32(a, -2) ^ bits.RotateLeft32(a, -13) ^ bits.RotateLeft32(a, -22)) + (a&b ^ a&c ^ b&c)
		a, b, c, d, e, f, g, h = x+y, a, b, c, d+x, e, f, g
	}
	for i, v := range [8]uint32{a, b, c, d, e, f, g, h} {
		s[i] += v
	}
}

// roundConstants are the first 32 bits of the fractions of the cube roots of the first 64 primes.
var roundConstants = [64]uint32{
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
}
