package split

import (
	"fmt"
	"strconv"
	"strings"
)

// Part is a named share of the articles.
type Part struct {
	Name  string  `json:"name"`
	Share float64 `json:"share"` // the shares of all parts add up to 1
}

// Standard are the parts that are meant when only numbers are given.
var Standard = []string{"train", "dev", "test"}

// Parse reads "80/10/10" (train, dev, test), "80/20" (train, test) or
// "train=80,dev=10,test=10". The numbers are shares of their sum.
func Parse(s string) ([]Part, error) {
	parts, err := named(s)
	if !strings.Contains(s, "=") {
		parts, err = numbered(s)
	}
	if err != nil {
		return nil, err
	}
	sum := 0.0
	for i, p := range parts {
		for _, q := range parts[:i] {
			if strings.EqualFold(q.Name, p.Name) {
				return nil, fmt.Errorf("%q: the part %s is there twice", s, p.Name)
			}
		}
		sum += p.Share
	}
	for i := range parts {
		parts[i].Share /= sum
	}
	return parts, nil
}

func numbered(s string) ([]Part, error) {
	numbers := strings.Split(s, "/")
	names := Standard
	switch len(numbers) {
	case 2:
		names = []string{"train", "test"}
	case 3:
	default:
		return nil, fmt.Errorf("%q: give two or three shares, as 80/10/10, or parts with names, as train=80,dev=10,test=10", s)
	}
	var parts []Part
	for i, n := range numbers {
		share, err := number(s, n)
		if err != nil {
			return nil, err
		}
		parts = append(parts, Part{names[i], share})
	}
	return parts, nil
}

func named(s string) ([]Part, error) {
	var parts []Part
	for pair := range strings.SplitSeq(s, ",") {
		name, n, _ := strings.Cut(pair, "=")
		if name = strings.TrimSpace(name); !ValidName(name) {
			return nil, fmt.Errorf("%q: a part is called %q, and names are letters, digits, - and _, because they name files", s, name)
		}
		share, err := number(s, n)
		if err != nil {
			return nil, err
		}
		parts = append(parts, Part{name, share})
	}
	if len(parts) < 2 {
		return nil, fmt.Errorf("%q: a split has at least two parts", s)
	}
	return parts, nil
}

// ValidName says whether a part can have the name: it becomes that of a file.
func ValidName(name string) bool {
	for _, r := range name {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_') {
			return false
		}
	}
	return name != "" && len(name) <= 40 && !strings.EqualFold(name, "manifest")
}

func number(whole, s string) (float64, error) {
	share, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s), "%"), 64)
	if err != nil || !(share > 0 && share <= 1e9) {
		return 0, fmt.Errorf("%q: the share %q is no number above 0", whole, s)
	}
	return share, nil
}
