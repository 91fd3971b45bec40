package engine

import (
	"strconv"
	"testing"
)

// The networks of the benchmarks: the embedded kind, a small one, and Sung's.
var benchArchs = map[string]string{
	"sung2018": "valid 64, pool, valid 64, pool, conv 64, conv 64; relation sum pool 64 64 8",
	"residual": "conv 32, pool, residual 64, pool, residual 128, pool; relation 48 48 8; siamese; matching",
	"conv4":    "conv 64, pool, conv 64, pool, conv 64, pool, conv 64; relation 48 48 8; siamese; matching",
}

// BenchmarkEmbed reports the time of one embedding and the multiply-adds a second.
func BenchmarkEmbed(b *testing.B) {
	for name, arch := range benchArchs {
		b.Run(name, func(b *testing.B) {
			n := newNetwork(b, arch)
			e, in := make([]int16, n.EmbeddingLen()), scrawl(1)
			b.ReportAllocs()
			for b.Loop() {
				n.Embed(e, in)
			}
			b.ReportMetric(float64(n.arch.MultiplyAdds())*float64(b.N)/b.Elapsed().Seconds()/1e9, "GMAC/s")
		})
	}
}

// BenchmarkClassify is one answer, embedding included, by head and number of one-shot classes.
func BenchmarkClassify(b *testing.B) {
	n := newNetwork(b, benchArchs["residual"])
	for _, h := range heads {
		for _, way := range []int{5, 20, 200} {
			b.Run(h.String()+"/way="+strconv.Itoa(way), func(b *testing.B) {
				c := newClassifier(b, n, h)
				for i := range way {
					add(b, c, strconv.Itoa(i), scrawl(uint64(i)))
				}
				in := scrawl(1000)
				b.ReportAllocs()
				for b.Loop() {
					classify(b, c, in)
				}
			})
		}
	}
}

// BenchmarkSetHead is a change of heads with a hundred one-shot classes, and the first answer after it.
func BenchmarkSetHead(b *testing.B) {
	n := newNetwork(b, benchArchs["residual"])
	e := make([]int16, n.EmbeddingLen())
	n.Embed(e, scrawl(1000))
	for _, h := range heads {
		b.Run(h.String(), func(b *testing.B) {
			c := newClassifier(b, n, Prototype)
			for i := range 100 {
				add(b, c, strconv.Itoa(i), scrawl(uint64(i)))
			}
			for b.Loop() {
				if err := c.SetHead(h); err != nil {
					b.Fatal(err)
				}
				if _, err := c.ClassifyEmbedding(e); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkAdd is one example for a class that has some.
func BenchmarkAdd(b *testing.B) {
	n := newNetwork(b, benchArchs["residual"])
	for _, h := range heads {
		b.Run(h.String(), func(b *testing.B) {
			c := newClassifier(b, n, h)
			in := scrawl(1)
			for b.Loop() {
				id := add(b, c, "a", in)
				if err := c.Remove(id); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
