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
			d[j] = float32(v*scale[j]) + shift[j]
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

// ScaleShiftReLUF32 sets dst = max(0, x*scale + shift), channel by channel.
func ScaleShiftReLUF32(dst, x, scale, shift []float32) { f32rows.scaleShiftReLU(dst, x, scale, shift) }

// ScaleShiftReLUF32Ref is ScaleShiftReLUF32 as a plain loop.
func ScaleShiftReLUF32Ref(dst, x, scale, shift []float32) {
	c := len(scale)
	shift = shift[:c]
	for ; len(x) >= c; dst, x = dst[c:], x[c:] {
		d := dst[:c]
		for j, v := range x[:c] {
			d[j] = max(0, float32(v*scale[j])+shift[j])
		}
	}
}

// AddReLUProductsF32 is AddProductsF32 for gradients g of max(0, x*scale + shift): those where it is not
// positive count as zero. What is kept of the forward pass is x alone.
func AddReLUProductsF32(sum, product, g, x, mean, scale, shift []float32) {
	f32rows.productsReLU(sum, product, g, x, mean, scale, shift)
}

// AddReLUProductsF32Ref is AddReLUProductsF32 as a plain loop.
func AddReLUProductsF32Ref(sum, product, g, x, mean, scale, shift []float32) {
	c := len(sum)
	product, mean, scale, shift = product[:c], mean[:c], scale[:c], shift[:c]
	for ; len(g) >= c; g, x = g[c:], x[c:] {
		px := x[:c]
		for j, v := range g[:c] {
			if float32(px[j]*scale[j])+shift[j] > 0 {
				sum[j] += v
				product[j] += v * (px[j] - mean[j])
			}
		}
	}
}

// CombineReLUF32 is CombineF32 for gradients g of max(0, x*scale + shift).
func CombineReLUF32(g, x, k, p, q, scale, shift []float32) {
	f32rows.combineReLU(g, x, k, p, q, scale, shift)
}

// CombineReLUF32Ref is CombineReLUF32 as a plain loop.
func CombineReLUF32Ref(g, x, k, p, q, scale, shift []float32) {
	c := len(k)
	p, q, scale, shift = p[:c], q[:c], scale[:c], shift[:c]
	for ; len(g) >= c; g, x = g[c:], x[c:] {
		gx, px := g[:c], x[:c]
		for j, v := range gx {
			if !(float32(px[j]*scale[j])+shift[j] > 0) {
				v = 0
			}
			gx[j] = k[j]*v + p[j]*px[j] + q[j]
		}
	}
}

// MaxPoolF32 writes to each pixel of dst, c channels each, the largest of two pixels of top and the two below them.
func MaxPoolF32(dst, top, bottom []float32, c int) { f32rows.maxPool(dst, top, bottom, c) }

// MaxPoolF32Ref is MaxPoolF32 as a plain loop.
func MaxPoolF32Ref(dst, top, bottom []float32, c int) {
	for ; len(dst) >= c; dst, top, bottom = dst[c:], top[2*c:], bottom[2*c:] {
		t, b := top[:2*c], bottom[:2*c]
		for j := range dst[:c] {
			dst[j] = max(t[j], t[c+j], b[j], b[c+j])
		}
	}
}

// MaxPoolGradF32 writes the gradients of top and bottom, given g, that of MaxPoolF32's result: each value goes to the
// first of the four that was largest.
func MaxPoolGradF32(dTop, dBottom, top, bottom, g []float32, c int) {
	f32rows.maxPoolGrad(dTop, dBottom, top, bottom, g, c)
}

// MaxPoolGradF32Ref is MaxPoolGradF32 as a plain loop.
func MaxPoolGradF32Ref(dTop, dBottom, top, bottom, g []float32, c int) {
	for ; len(g) >= c; g, top, bottom, dTop, dBottom = g[c:], top[2*c:], bottom[2*c:], dTop[2*c:], dBottom[2*c:] {
		clear(dTop[:2*c])
		clear(dBottom[:2*c])
		for j, v := range g[:c] {
			switch max(top[j], top[c+j], bottom[j], bottom[c+j]) {
			case top[j]:
				dTop[j] = v
			case top[c+j]:
				dTop[c+j] = v
			case bottom[j]:
				dBottom[j] = v
			default:
				dBottom[c+j] = v
			}
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

	scaleShiftReLU func(dst, x, scale, shift []float32)
	productsReLU   func(sum, product, g, x, mean, scale, shift []float32)
	combineReLU    func(g, x, k, p, q, scale, shift []float32)
	maxPool        func(dst, top, bottom []float32, c int)
	maxPoolGrad    func(dTop, dBottom, top, bottom, g []float32, c int)
}

// f32rows is chosen once, by what the processor has.
var f32rows = chooseF32Rows()

func scalarF32Rows() f32Rows {
	return f32Rows{
		moments: AddMomentsF32Ref, scaleShift: ScaleShiftF32Ref, products: AddProductsF32Ref,
		combine: CombineF32Ref, rectify: RectifyF32Ref, mask: MaskF32Ref,
		scaleShiftReLU: ScaleShiftReLUF32Ref, productsReLU: AddReLUProductsF32Ref, combineReLU: CombineReLUF32Ref,
		maxPool: MaxPoolF32Ref, maxPoolGrad: MaxPoolGradF32Ref,
	}
}
