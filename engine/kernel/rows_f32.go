package kernel

// Loops over pixels of c channels, (n, c) row-major, for the normalisations of training. Channels must be a
// multiple of 16 for the vectorised forms; others fall back to the plain loops.

// AddMomentsF32 adds to sum and square, c values each, the values of x and their squares.
func AddMomentsF32(sum, square, x []float32) { f32rows.moments(sum, square, x) }

// AddMomentsF32Ref is AddMomentsF32 as a plain loop.
func AddMomentsF32Ref(sum, square, x []float32) {
	c := len(sum)
	square = square[:c]
	for ; len(x) >= c; x = x[c:] {
		for j, v := range x[:c] {
			sum[j] += v
			square[j] += v * v
		}
	}
}

// ScaleShiftF32 sets dst = x*scale + shift, channel by channel.
func ScaleShiftF32(dst, x, scale, shift []float32) { f32rows.scaleShift(dst, x, scale, shift) }

// ScaleShiftF32Ref is ScaleShiftF32 as a plain loop.
func ScaleShiftF32Ref(dst, x, scale, shift []float32) {
	c := len(scale)
	shift = shift[:c]
	for ; len(x) >= c; dst, x = dst[c:], x[c:] {
		d := dst[:c]
		for j, v := range x[:c] {
			d[j] = v*scale[j] + shift[j]
		}
	}
}

// AddProductsF32 adds to sum and product, c values each, the gradients g and their products with x - mean.
func AddProductsF32(sum, product, g, x, mean []float32) {
	f32rows.products(sum, product, g, x, mean)
}

// AddProductsF32Ref is AddProductsF32 as a plain loop.
func AddProductsF32Ref(sum, product, g, x, mean []float32) {
	c := len(sum)
	product, mean = product[:c], mean[:c]
	for ; len(g) >= c; g, x = g[c:], x[c:] {
		px := x[:c]
		for j, v := range g[:c] {
			sum[j] += v
			product[j] += v * (px[j] - mean[j])
		}
	}
}

// CombineF32 sets g = k*g + p*x + q, channel by channel, in place.
func CombineF32(g, x, k, p, q []float32) { f32rows.combine(g, x, k, p, q) }

// CombineF32Ref is CombineF32 as a plain loop.
func CombineF32Ref(g, x, k, p, q []float32) {
	c := len(k)
	p, q = p[:c], q[:c]
	for ; len(g) >= c; g, x = g[c:], x[c:] {
		gx, px := g[:c], x[:c]
		for j, v := range gx {
			gx[j] = k[j]*v + p[j]*px[j] + q[j]
		}
	}
}

// RectifyF32 sets the negative values of x to zero, in place.
func RectifyF32(x []float32) { f32rows.rectify(x) }

// RectifyF32Ref is RectifyF32 as a plain loop.
func RectifyF32Ref(x []float32) {
	for i := range x {
		x[i] = max(x[i], 0)
	}
}

// MaskF32 clears g, in place, where y is not positive.
func MaskF32(g, y []float32) { f32rows.mask(g, y) }

// MaskF32Ref is MaskF32 as a plain loop.
func MaskF32Ref(g, y []float32) {
	for i, v := range y[:len(g)] {
		if !(v > 0) {
			g[i] = 0
		}
	}
}

// f32Rows is one implementation of the loops above.
type f32Rows struct {
	moments    func(sum, square, x []float32)
	scaleShift func(dst, x, scale, shift []float32)
	products   func(sum, product, g, x, mean []float32)
	combine    func(g, x, k, p, q []float32)
	rectify    func(x []float32)
	mask       func(g, y []float32)
}

// f32rows is chosen once, by what the processor has.
var f32rows = chooseF32Rows()

func scalarF32Rows() f32Rows {
	return f32Rows{
		moments: AddMomentsF32Ref, scaleShift: ScaleShiftF32Ref, products: AddProductsF32Ref,
		combine: CombineF32Ref, rectify: RectifyF32Ref, mask: MaskF32Ref,
	}
}
