// Package exchange reads and writes networks of other tools: float32 tensors in a safetensors file, with the layers
// described under "architecture" in its metadata. weights/SAFETENSORS.md has both forms of that description.
//
//	model, err := exchange.Read(file)              // a float32 model, as training writes it
//	model, err := exchange.Import(file, drawings)  // and the int8 model made from it
//	file, err := exchange.Write(model)
//
// A file may come from anybody: package safetensors reads it, and whatever it describes, nothing here panics.
package exchange
