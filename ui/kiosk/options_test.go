package kiosk_test

import (
	"net/url"
	"testing"

	"oneshot/ui/kiosk"
)

func TestReadOptions(t *testing.T) {
	for query, want := range map[string]kiosk.Options{
		"kiosk":                          {Set: "shapes", Times: kiosk.Times{Idle: 120_000, Count: 10_000, Dim: 60_000}},
		"kiosk=runes":                    {Set: "runes", Times: kiosk.Times{Idle: 120_000, Count: 10_000, Dim: 60_000}},
		"kiosk=+My+set+&idle=3&dim=2":    {Set: "My set", Times: kiosk.Times{Idle: 3_000, Count: 1_500, Dim: 2_000}},
		"kiosk&idle=0&dim=0":             {Set: "shapes", Times: kiosk.Times{Idle: 3_000, Count: 1_500}},
		"kiosk&idle=99999999&dim=-1":     {Set: "shapes", Times: kiosk.Times{Idle: 3_600_000, Count: 10_000, Dim: 60_000}},
		"kiosk&idle=soon&dim=9999999999": {Set: "shapes", Times: kiosk.Times{Idle: 120_000, Count: 10_000, Dim: 60_000}},
	} {
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		get := func(name string) (string, bool) { return values.Get(name), values.Has(name) }
		if got, ok := kiosk.Read(get); !ok || got != want {
			t.Errorf("%s: %+v, %v; want %+v", query, got, ok, want)
		}
	}
	if _, ok := kiosk.Read(func(string) (string, bool) { return "", false }); ok {
		t.Error("an address without kiosk asks for one")
	}
}
