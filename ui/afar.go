package ui

// Afar is how much larger than elsewhere a layout unit is on a screen of so many: one that has room for more than a large
// monitor is looked at from further away, or has very small dots.
func Afar(w, h float64) float64 { return max(min(w/2560, h/1440), 1) }
