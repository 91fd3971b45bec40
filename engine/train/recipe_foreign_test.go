package train

import (
	"strings"
	"testing"
)

// What only imported networks have is not trained, and a recipe with it is refused before it begins.
func TestRecipeRefusesWhatIsOnlyImported(t *testing.T) {
	for arch, says := range map[string]string{
		"valid 16, pool, conv 16":             "without padding",
		"conv 16, pool; relation sum 16 16 4": "sums or pools",
		"conv 16; relation pool 16 16 4":      "sums or pools",
	} {
		r := tiny()
		r.Arch, r.Phases = arch, r.Phases[:1]
		if err := r.check(func(Mix) int { return 100 }); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", arch, err, says)
		}
	}
}
