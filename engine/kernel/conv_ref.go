package kernel

// Conv3x3Ref is Conv3x3 as its definition says it, on weights that are not packed.
//
//	dst (H, W, Out)   src (H+2, W+2, In) bordered   w (Out, In, 3, 3)
func Conv3x3Ref(dst []int32, src []int16, w []int8, s Shape) {
	Conv3x3PartRef(dst, src, w, s, s.Whole())
}

// Conv3x3PartRef is Conv3x3Part as its definition says it, on weights that are not packed.
//
//	dst (H, W, Out)   src (p.H+2, p.W+2, In) bordered   w (Out, In, 3, 3)
func Conv3x3PartRef(dst []int32, src []int16, w []int8, s Shape, p Part) {
	for y := range s.H {
		for x := range s.W {
			for o := range s.Out {
				var acc int32
				for ky := range 3 {
					for kx := range 3 {
						for i := range s.In {
							a := src[((p.Y+y+ky)*(p.W+2)+p.X+x+kx)*s.In+i]
							acc += int32(a) * int32(w[((o*s.In+i)*3+ky)*3+kx])
						}
					}
				}
				dst[(y*s.W+x)*s.Out+o] = acc
			}
		}
	}
}

// Conv1x1Ref is Conv1x1 as its definition says it, on weights that are not packed.
//
//	dst (H, W, Out)   src (H+2, W+2, In) bordered   w (Out, In)
func Conv1x1Ref(dst []int32, src []int16, w []int8, s Shape) {
	for y := range s.H {
		for x := range s.W {
			for o := range s.Out {
				var acc int32
				for i := range s.In {
					acc += int32(src[((y+1)*(s.W+2)+x+1)*s.In+i]) * int32(w[o*s.In+i])
				}
				dst[(y*s.W+x)*s.Out+o] = acc
			}
		}
	}
}
