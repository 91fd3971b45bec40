// Package float holds the float32 model that the int8 model of package weights was quantised from:
// what the int8 accuracy is measured against. It is for native tools; no browser binary imports it.
package float

import (
	_ "embed"

	"oneshot/weights"
)

//go:embed oneshot-f32.osm
var oneshot string

// Float decodes the embedded float32 model. Each call returns a model of its own.
func Float() (*weights.Model, error) { return weights.Decode([]byte(oneshot)) }
