package papers

import (
	"math"
	"strconv"

	"oneshot/engine/train/nn"
)

// layerwise moves the parameters of each layer with that layer's learning rate and momentum.
type layerwise struct {
	recipe   Koch
	layers   [][]*nn.Param
	velocity [][][]float32 // of SGD, as layers
	adam     []*nn.AdamW   // of Adam, one a layer
}

func newLayerwise(k Koch, layers [][]*nn.Param) *layerwise {
	o := &layerwise{recipe: k, layers: layers}
	for _, params := range layers {
		if k.Optimiser == Adam {
			o.adam = append(o.adam, nn.NewAdamW(params, 0))
			continue
		}
		var v [][]float32
		for _, p := range params {
			v = append(v, make([]float32, len(p.Value)))
		}
		o.velocity = append(o.velocity, v)
	}
	return o
}

// step moves every parameter, epoch epochs into the training, and clears the gradients. Learning rates fall with
// whole epochs; momentum rises from 0.5 to the layer's own.
func (o *layerwise) step(epoch float64) {
	decay := math.Pow(o.recipe.RateDecay, math.Floor(epoch))
	rise := 1.0
	if o.recipe.MomentumIn > 0 {
		rise = min(1, math.Floor(epoch)/o.recipe.MomentumIn)
	}
	for i, params := range o.layers {
		l := o.recipe.Layers[i]
		rate := l.Rate * decay
		if o.adam != nil {
			o.adam[i].Step(rate)
			continue
		}
		momentum := 0.5 + rise*(l.Momentum-0.5)
		for j, p := range params {
			v := o.velocity[i][j]
			for k, g := range p.Grad {
				v[k] = float32(momentum)*v[k] - float32(rate)*g
				p.Value[k] += v[k]
				p.Grad[k] = 0
			}
		}
	}
}

// arrays lists what a checkpoint keeps.
func (o *layerwise) arrays() (all []array) {
	for i, a := range o.adam {
		all = append(all, momentArrays("adam."+strconv.Itoa(i), a)...)
	}
	for i, layer := range o.velocity {
		for j, v := range layer {
			all = append(all, array{"velocity." + strconv.Itoa(i) + "." + strconv.Itoa(j), v})
		}
	}
	return all
}

func (o *layerwise) resumed(steps int) {
	for _, a := range o.adam {
		a.Steps = steps
	}
}
