package engine

import "math"

// RelationArch.Sum compares embeddings as the encoder gives them, and adds up those of several shots,
// as the code that came with Sung 2018 does. Networks that were trained with it bring their scale along,
// so that a unit vector or a mean would be another input than theirs.
//
// A sum leaves the 12 bits of an activation with the second shot. But a convolution is linear: the half of a sum is the
// half of the mean times the number of shots, and the mean fits. The product is cut off where the
// sums of a pair could leave an int32, which is far above the range that the requantisation cuts off.

// sums is what a class knows of its shots with RelationArch.Sum.
type sums struct {
	values []int32 // of the embeddings of the first count shots
	count  int
	last   ShotID // of the last of them
}

// include brings the sum up to date: one addition where a shot was added, all of them anew where one is gone.
func (s *sums) include(shots []shot) {
	if s.count == 0 || s.count > len(shots) || shots[s.count-1].id != s.last {
		s.values, s.count = make([]int32, len(shots[0].embedding)), 0
	}
	for _, next := range shots[s.count:] {
		for i, v := range next.embedding {
			s.values[i] += int32(v)
		}
	}
	s.count, s.last = len(shots), shots[len(shots)-1].id
}

// learnSum computes the support half of the shots' sum.
func (s *relationScorer) learnSum(c *class) {
	c.sums.include(c.shots)
	shots := int32(len(c.shots))
	mean := s.mean
	for i, v := range c.sums.values {
		mean[i] = int16((v + shots/2) / shots)
	}
	s.place(mean)
	s.convolve(c.half, s.unitMap, s.support)
	for i, v := range c.half {
		c.half[i] = int32(min(max(int64(v)*int64(shots), -int64(s.most)), int64(s.most)))
	}
}

// place copies an embedding into the plane unitMap.
func (s *relationScorer) place(e []int16) {
	row := s.pair.W * s.pair.In
	for y := range s.pair.H {
		copy(s.unitMap[((y+1)*(s.pair.W+2)+1)*s.pair.In:][:row], e[y*row:])
	}
}

// mostHalf returns how large a support half may be so that no sum of a pair leaves an int32: what is left
// above the largest query half, the second half of w (out, 2, ...), and bias.
func mostHalf(w []int8, bias []int32) int32 {
	most := int64(math.MaxInt32)
	fan := len(w) / len(bias)
	for o, b := range bias {
		reach := max(int64(b), -int64(b))
		reach += size(w[o*fan+fan/2:][:fan/2]) * ActivationMax
		most = min(most, math.MaxInt32-reach)
	}
	return int32(max(most, 0)) // below zero only for a model that is refused
}
