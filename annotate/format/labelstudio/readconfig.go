package labelstudio

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/xmlread"
)

// configuration is what a labeling configuration says.
type configuration struct {
	texts     map[string]string // text objects → keys of the data
	keys      []string          // of texts, in order
	controls  map[string]*found
	described *annotate.Schema
}

// found is a control of somebody's configuration.
type found struct {
	name, tag        string
	region, multiple bool
	values           []string
}

// attributeTags are the controls that become attributes and document fields.
var attributeTags = []string{"Choices", "Taxonomy", "TextArea", "Number", "Rating", "DateTime"}

func readConfig(src format.Source) (*configuration, error) {
	in, err := xmlread.Open(src)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }()
	c := &configuration{texts: map[string]string{}, controls: map[string]*found{}, described: &annotate.Schema{}}
	var open []*found   // the controls around
	var path [][]string // of choices around, by control
	var tags []string
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			tags = append(tags, t.Name.Local)
			if control := c.start(t, open, path); control != nil {
				open, path = append(open, control), append(path, nil)
			} else if t.Name.Local == "Choice" && len(open) > 0 {
				path[len(path)-1] = append(path[len(path)-1], valueOf(t))
			}
		case xml.EndElement:
			last := tags[len(tags)-1]
			tags = tags[:len(tags)-1]
			switch {
			case len(open) > 0 && last == open[len(open)-1].tag:
				open, path = open[:len(open)-1], path[:len(path)-1]
			case last == "Choice" && len(open) > 0:
				path[len(path)-1] = path[len(path)-1][:len(path[len(path)-1])-1]
			}
		}
	}
	c.describe()
	return c, nil
}

// start takes a tag; a control with values of its own is returned.
func (c *configuration) start(t xml.StartElement, open []*found, path [][]string) *found {
	name := xmlread.Attr(t, "name")
	switch tag := t.Name.Local; {
	case tag == "Text":
		key := strings.TrimPrefix(xmlread.Attr(t, "value"), "$")
		c.texts[name] = key
		c.keys = append(c.keys, key)
	case tag == "Label" && valueOf(t) != "":
		l := annotate.Label{Name: valueOf(t), Color: xmlread.Attr(t, "background"), Hotkey: xmlread.Attr(t, "hotkey"), Description: xmlread.Attr(t, "hint")}
		if xmlread.Attr(t, "alias") != "" {
			l.Title = xmlread.Attr(t, "value")
		}
		if len(l.Hotkey) != 1 {
			l.Hotkey = ""
		}
		c.described.Labels = append(c.described.Labels, l)
	case tag == "Relation" && xmlread.Attr(t, "value") != "":
		c.described.RelationTypes = append(c.described.RelationTypes, annotate.RelationType{Name: xmlread.Attr(t, "value")})
	case tag == "Choice" && len(open) > 0:
		f, value := open[len(open)-1], valueOf(t)
		if f.tag == "Taxonomy" {
			value = strings.Join(append(slices.Clone(path[len(path)-1]), value), "/")
		}
		if value != "" && !slices.Contains(f.values, value) {
			f.values = append(f.values, value)
		}
	case slices.Contains(attributeTags, tag) && name != "":
		f := &found{name: name, tag: tag, region: xmlread.Attr(t, "perRegion") == "true", multiple: strings.HasPrefix(xmlread.Attr(t, "choice"), "multiple")}
		c.controls[name] = f
		return f
	}
	return nil
}

// describe lists the controls as attributes, in the order of their names.
func (c *configuration) describe() {
	var names []string
	for name := range c.controls {
		if name != noteControl && name != ledeControl {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		c.described.Attributes = append(c.described.Attributes, c.controls[name].attribute())
	}
}

// valueOf is how results call a label or choice.
func valueOf(t xml.StartElement) string {
	if alias := xmlread.Attr(t, "alias"); alias != "" {
		return alias
	}
	return xmlread.Attr(t, "value")
}
