package kernel

// Conv3x3Valid computes a 3x3 convolution, stride 1, without padding: the result has two rows and two
// columns fewer than what it reads. The plane that it reads has its border like any other; the border is not looked at.
//
//	dst (H, W, Out)   src (H+4, W+4, In) bordered   w from PackConv3x3(weights, In, Out)
//
//	dst[y][x][o] = sum over ky, kx, i of src[1+y+ky][1+x+kx][i] * weights[o][i][ky][kx]
//
// s is the shape of the result. It is as fast as Conv3x3.
func Conv3x3Valid(dst []int32, src, w []int16, s Shape) {
	whole := Shape{H: s.H + 2, W: s.W + 2}
	if len(src) != whole.plane(s.In) {
		panic("kernel: Conv3x3Valid: length of src is not (H+4)*(W+4)*In")
	}
	g := window3x3(s)
	g.check(len(dst), g.plane(g.In), len(w))
	g.margin = 2
	fastest.convolve(dst, src[g.pitch()+s.In:], w, g)
}

// Conv3x3ValidRef is Conv3x3Valid as its definition says it, on weights that are not packed.
func Conv3x3ValidRef(dst []int32, src []int16, w []int8, s Shape) {
	for y := range s.H {
		for x := range s.W {
			for o := range s.Out {
				var acc int32
				for ky := range 3 {
					for kx := range 3 {
						for i := range s.In {
							a := src[((1+y+ky)*(s.W+4)+1+x+kx)*s.In+i]
							acc += int32(a) * int32(w[((o*s.In+i)*3+ky)*3+kx])
						}
					}
				}
				dst[(y*s.W+x)*s.Out+o] = acc
			}
		}
	}
}
