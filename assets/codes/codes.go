package codes

import (
	"bytes"
	"embed"
	"encoding/csv"
	"slices"
	"strconv"
	"sync"
)

//go:embed *.csv
var files embed.FS

// The lists of Plover and ACLED.
const (
	Types      = "type"
	Modes      = "mode" // Of is the type
	Auxiliary  = "auxiliary"
	Contexts   = "context"
	Sectors    = "sector"
	Countries  = "country" // those that are not in ISO 3166
	SubTypes   = "sub-type"
	Inter      = "inter"
	TimeSpread = "time-precision"
	GeoSpread  = "geo-precision"
)

// Code is one code of a list.
type Code struct {
	List, Code string
	Of         string // the code of another list that it belongs to, "" = all
	Title      string
	Quad       int  // of a PLOVER type, 1 to 4
	Recipient  bool // a PLOVER type that needs one
}

// Crossing says what the events of a CAMEO code are in PLOVER.
type Crossing struct {
	CAMEO  string
	PLOVER string // a type; "" = none, or not to be told without the next digit
	Title  string
}

// Plover are the codes of PLOVER, list by list.
var Plover = sync.OnceValue(func() []Code {
	return read("plover.csv", 6, func(r []string) Code {
		quad, _ := strconv.Atoi(r[3]) // only types have one
		return Code{List: r[0], Code: r[1], Of: r[2], Quad: quad, Recipient: r[4] != "", Title: r[5]}
	})
})

// ACLED are the codes of ACLED, list by list.
var ACLED = sync.OnceValue(func() []Code {
	return read("acled.csv", 4, func(r []string) Code { return Code{List: r[0], Code: r[1], Of: r[2], Title: r[3]} })
})

// CAMEO says what each CAMEO code becomes, by code.
var CAMEO = sync.OnceValue(func() []Crossing {
	return read("cameo.csv", 3, func(r []string) Crossing { return Crossing{r[0], r[1], r[2]} })
})

// read reads an embedded table; a fault in it is a broken build, which the tests
// of this package find.
func read[T any](name string, columns int, row func([]string) T) []T {
	raw, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	r := csv.NewReader(bytes.NewReader(raw))
	r.FieldsPerRecord = columns
	rows, err := r.ReadAll()
	if err != nil {
		panic(name + ": " + err.Error())
	}
	var all []T
	for _, r := range rows[1:] {
		all = append(all, row(r))
	}
	return all
}

// Of lists the codes of one list.
func Of(codes []Code, list string) []Code {
	return slices.DeleteFunc(slices.Clone(codes), func(c Code) bool { return c.List != list })
}

// Type finds the PLOVER type that a code stands for: its own name, or a CAMEO code of
// two to four digits.
func Type(code string) (Code, bool) {
	if isCAMEO(code) {
		for n := len(code); n >= 2; n-- {
			i := slices.IndexFunc(CAMEO(), func(c Crossing) bool { return c.CAMEO == code[:n] })
			if i >= 0 {
				code = CAMEO()[i].PLOVER
				break
			}
		}
	}
	i := slices.IndexFunc(Plover(), func(c Code) bool { return c.List == Types && c.Code == code })
	if i < 0 {
		return Code{}, false
	}
	return Plover()[i], true
}

func isCAMEO(code string) bool {
	if len(code) < 2 || len(code) > 4 {
		return false
	}
	_, err := strconv.ParseUint(code, 10, 16)
	return err == nil
}

// Mode finds a mode of a PLOVER type, or an auxiliary mode, which goes with all.
func Mode(kind, mode string) (Code, bool) {
	i := slices.IndexFunc(Plover(), func(c Code) bool {
		return c.Code == mode && (c.List == Modes && c.Of == kind || c.List == Auxiliary)
	})
	if i < 0 {
		return Code{}, false
	}
	return Plover()[i], true
}
