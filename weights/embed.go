package weights

import _ "embed"

//go:embed oneshot.osm
var oneshot string

// Default decodes the int8 model that is compiled in. Each call returns a model of its own.
func Default() (*Model, error) { return Decode([]byte(oneshot)) }
