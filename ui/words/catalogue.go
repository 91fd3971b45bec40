package words

import (
	"strconv"
	"strings"
)

// Catalogue is one language. The nil Catalogue is English.
type Catalogue struct {
	code     string // as in the lang attribute
	comma    string // between the ones and the tenths
	group    string // between thousands
	plural   func(n int) int
	messages map[string]string // from the English text
}

// Say is a message with values, texts or whole numbers, in the places of its English text, in their order there.
func (c *Catalogue) Say(message string, values ...any) string {
	if len(values) == 0 {
		return c.translated(message)
	}
	return fill(c.translated(message), places(message), values)
}

// Count is a message with several forms, in the one for n. n stands in the place {n}; values fill the others.
func (c *Catalogue) Count(n int, message string, values ...any) string {
	rule, text := english, message
	if c != nil {
		if t, ok := c.messages[message]; ok {
			rule, text = c.plural, t
		}
	}
	forms := strings.Split(text, "|")
	names := []string{"n"}
	for _, name := range places(message[:max(strings.IndexByte(message, '|'), 0)]) {
		if name != "n" {
			names = append(names, name)
		}
	}
	return fill(forms[min(rule(n), len(forms)-1)], names, append([]any{n}, values...))
}

// Decimal writes v with a number of digits behind the comma.
func (c *Catalogue) Decimal(v float64, digits int) string {
	s := strconv.FormatFloat(v, 'f', digits, 64)
	if c == nil {
		return s
	}
	return strings.Replace(s, ".", c.comma, 1)
}

// Thousands writes n in groups of three digits.
func (c *Catalogue) Thousands(n int) string {
	group := ","
	if c != nil {
		group = c.group
	}
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + group + s[i:]
	}
	return s
}

// Language is the code of the language.
func (c *Catalogue) Language() string {
	if c == nil {
		return "en"
	}
	return c.code
}

func (c *Catalogue) translated(message string) string {
	if c != nil {
		if t, ok := c.messages[message]; ok {
			return t
		}
	}
	return message
}

// places are the names of a message's places, each once, in their order.
func places(message string) []string {
	var names []string
next:
	for {
		_, rest, ok := strings.Cut(message, "{")
		if !ok {
			return names
		}
		name, rest, ok := strings.Cut(rest, "}")
		if !ok {
			return names
		}
		message = rest
		for _, n := range names {
			if n == name {
				continue next
			}
		}
		names = append(names, name)
	}
}

// fill puts values into the places of a text. What values hold is never taken for a place.
func fill(text string, names []string, values []any) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, after, ok := strings.Cut(rest, "}")
		if !ok {
			b.WriteString("{" + rest)
			return b.String()
		}
		text = after
		for i, n := range names {
			if n == name && i < len(values) {
				b.WriteString(written(values[i]))
				break
			}
		}
	}
}

func written(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case error:
		return v.Error()
	}
	return ""
}
