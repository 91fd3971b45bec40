package kernel

// MaxPool2x2 takes the largest of every 2x2 pixels, stride 2; an odd last row or column is dropped.
//
//	dst (H/2+2, W/2+2, In) bordered   src (H+2, W+2, In) bordered
//
// H and W are the input's; Out is not read. The border of dst is left as it is.
func MaxPool2x2(dst, src []int16, s Shape) {
	half := Shape{H: s.H / 2, W: s.W / 2}
	if len(dst) != half.plane(s.In) || len(src) != s.plane(s.In) {
		panic("kernel: MaxPool2x2: lengths do not fit the shape")
	}
	n, pitch := s.In, (s.W+2)*s.In
	for y := range half.H {
		top := src[(2*y+1)*pitch+n:]
		low := src[(2*y+2)*pitch+n:]
		out := dst[((y+1)*(half.W+2)+1)*n:]
		for x := range half.W {
			a, b := top[2*x*n:][:n], top[(2*x+1)*n:][:n]
			c, d := low[2*x*n:][:n], low[(2*x+1)*n:][:n]
			for i := range out[x*n:][:n] {
				out[x*n+i] = max(a[i], b[i], c[i], d[i])
			}
		}
	}
}
