package webannotsv

import (
	"regexp"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/cas"
)

// kind is what a column holds.
type kind int

const (
	plain       kind = iota // values of a feature
	placeholder             // that an annotation is there: its layer has no features
	role                    // roles of a slot
	target                  // fillers of a slot
	source                  // where a relation comes from
	element                 // referenceType of a chain
	link                    // referenceRelation of a chain, and the place in it
)

// column is a column behind the three of the token.
type column struct {
	layer   string
	kind    kind
	feature string // of plain, role and target
	other   string // role: the type of links; target and source: the type pointed at
}

var versionLine = regexp.MustCompile(`^#FORMAT=WebAnno TSV 3\.(\d+)$`)

const (
	spanHead     = "#T_SP="
	chainHead    = "#T_CH="
	relationHead = "#T_RL="

	maxColumns = 5_000
)

// version judges the first line.
func version(at format.Place, line string) error {
	switch {
	case versionLine.MatchString(line):
		return nil
	case strings.HasPrefix(line, "#FORMAT="):
		return format.Refuse(at, "Export it as WebAnno TSV 3.3.", "%q is no version of WebAnno TSV that Lede reads", strings.TrimPrefix(line, "#FORMAT="))
	case strings.HasPrefix(strings.TrimSpace(line), "#"): // #id=1, or layers as " # layer | feature"
		return format.Refuse(at, "Open it in INCEpTION and export it as WebAnno TSV 3.3.", "it seems to be WebAnno TSV 1 or 2, which Lede does not read")
	}
	return format.Refuse(at, "Is it a WebAnno TSV file?", "the first line is not #FORMAT=WebAnno TSV 3.…")
}

// declare reads the declaration of a layer, and adds its type.
func (p *parser) declare(line string, at format.Place) error {
	head, rest := line[:len(spanHead)], line[len(spanHead):] // the three are of one length
	fields := strings.Split(rest, "|")
	layer := fields[0]
	if layer == "" {
		return format.Refuse(at, "", "a layer has no name")
	}
	var cols []column
	for _, f := range fields[1:] {
		if f == "" {
			continue
		}
		c, err := parseColumn(head, layer, f, cols, at)
		if err != nil {
			return err
		}
		cols = append(cols, c)
	}
	if len(cols) == 0 {
		cols = append(cols, column{layer: layer, kind: placeholder})
	}
	p.columns = append(p.columns, cols...)
	p.related[layer] = p.related[layer] || head == relationHead
	if len(p.columns) > maxColumns {
		return format.Refuse(at, "", "there are more than %d columns", maxColumns)
	}
	p.define(layer, cols)
	return nil
}

func parseColumn(head, layer, field string, before []column, at format.Place) (column, error) {
	c := column{layer: layer, kind: plain, feature: field}
	switch {
	case head == relationHead && strings.HasPrefix(field, "BT_"):
		c.kind, c.other = source, field[len("BT_"):]
	case head == chainHead && field == "referenceType":
		c.kind = element
	case head == chainHead && field == "referenceRelation":
		c.kind = link
	case head == spanHead && strings.HasPrefix(field, "ROLE_"):
		// ROLE_layer:feature_type of links
		_, rest, ok := strings.Cut(field, ":")
		name, links, ok2 := strings.Cut(rest, "_")
		if !ok || !ok2 {
			return c, format.Refuse(at, "", "the column %q of a slot says no feature and type of links", field)
		}
		c.kind, c.feature, c.other = role, name, links
	case head == spanHead && len(before) > 0 && before[len(before)-1].kind == role:
		c.kind, c.feature, c.other = target, before[len(before)-1].feature, field
	}
	return c, nil
}

// define adds a layer to the type system.
func (p *parser) define(layer string, cols []column) {
	t := p.d.Types.Add(layer, cas.Annotation)
	for _, c := range cols {
		switch c.kind {
		case plain:
			t.Feature(cas.Feature{Name: c.feature, Range: cas.StringRange})
		case role:
			t.Feature(cas.Feature{Name: c.feature, Range: cas.FSArray, Element: c.other})
			l := p.d.Types.Add(c.other, cas.Top)
			l.Feature(cas.Feature{Name: "role", Range: cas.StringRange})
			l.Feature(cas.Feature{Name: "target", Range: cas.Annotation})
		case source:
			t.Feature(cas.Feature{Name: "Governor", Range: cas.Annotation})
			t.Feature(cas.Feature{Name: "Dependent", Range: cas.Annotation})
		case element:
			t.Feature(cas.Feature{Name: "referenceType", Range: cas.StringRange})
		case link:
			t.Feature(cas.Feature{Name: "referenceRelation", Range: cas.StringRange})
			t.Feature(cas.Feature{Name: "next", Range: layer})
		default: // have no feature of their own
		}
	}
}
