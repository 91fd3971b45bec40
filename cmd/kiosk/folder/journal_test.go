//go:build unix

package folder

import (
	"path/filepath"
	"strings"
	"testing"

	"oneshot/weights/hostile"
)

// FuzzReadJournal: no journal makes readJournal panic, or moves a file to or from anywhere else.
func FuzzReadJournal(f *testing.F) {
	hostile.Fuzz(f, [][]byte{
		[]byte(`[{"temp":".new-0","key":"set/a/1"},{"key":"set/a/0"},{"temp":".new-1","key":"index"}]`),
		[]byte(`[{"temp":".new-0","key":"../a"}]`),
		[]byte(`[{"temp":"../.new-0","key":"a"}]`),
	}, func(t testing.TB, b []byte) error {
		steps, err := readJournal(b)
		if err != nil {
			if steps != nil {
				t.Fatalf("%v beside the error %v", steps, err)
			}
			return err
		}
		s := Store{dir: "/store"}
		for _, st := range steps {
			path, err := s.path(st.Key)
			if err != nil || !strings.HasPrefix(filepath.Clean(path), "/store/") || strings.HasPrefix(filepath.Base(path), ".") {
				t.Fatalf("key %q is %q, %v", st.Key, path, err)
			}
			if st.Temp != "" && (filepath.Base(st.Temp) != st.Temp || !strings.HasPrefix(st.Temp, tempPrefix)) {
				t.Fatalf("file %q", st.Temp)
			}
		}
		return nil
	})
}
