package labelstudio

import (
	"encoding/xml"
	"fmt"
	"strings"

	"lede/annotate"
)

// config is the labeling configuration of the project.
func (w *writer) config() string {
	var b strings.Builder
	b.WriteString("<View>\n")
	if len(w.job.Schema.Labels) > 0 {
		open(&b, 1, "Labels", "name", labelControl, "toName", textObject)
		for _, l := range w.job.Schema.Labels {
			open(&b, 2, "Label/", "value", w.s.labels[l.Name], "background", l.Color, "hotkey", strings.ToLower(l.Hotkey), "hint", oneLine(l.Description))
		}
		b.WriteString("  </Labels>\n")
	}
	open(&b, 1, "Text/", "name", textObject, "value", "$text", "granularity", "symbol")
	if len(w.job.Schema.RelationTypes) > 0 {
		open(&b, 1, "Relations")
		for _, t := range w.job.Schema.RelationTypes {
			open(&b, 2, "Relation/", "value", w.s.types[t.Name])
		}
		b.WriteString("  </Relations>\n")
	}
	for _, c := range w.s.controls {
		c.write(&b)
	}
	open(&b, 1, "Header/", "value", "Note on the article", "size", "5")
	open(&b, 1, "TextArea/", "name", noteControl, "toName", textObject, "rows", "2", "editable", "true")
	open(&b, 1, "View", "style", "display:none")
	open(&b, 2, "TextArea/", "name", ledeControl, "toName", textObject)
	b.WriteString("  </View>\n</View>\n")
	return b.String()
}

// write writes a control with a heading.
func (c *control) write(b *strings.Builder) {
	region := ""
	if c.region {
		region = "true"
		open(b, 1, "View", "visibleWhen", "region-selected")
	} else {
		open(b, 1, "View")
	}
	title := oneLine(c.title)
	if title == "" {
		title = c.of
	}
	open(b, 2, "Header/", "value", title, "size", "5")
	common := []string{"name", c.name, "toName", textObject, "perRegion", region}
	tag, item, values := "", "Choice/", c.values
	switch c.kind {
	case choices:
		tag, common = "Choices", append(common, "choice", "single", "showInline", "true")
	case truth:
		tag, common, values = "Choices", append(common, "choice", "single", "showInline", "true"), []string{"true", "false"}
	case taxonomy:
		tag = "Taxonomy"
	case number:
		open(b, 2, "Number/", common...)
	default:
		open(b, 2, "TextArea/", append(common, "editable", "true", "maxSubmissions", "1")...)
	}
	if tag != "" {
		open(b, 2, tag, common...)
		for _, v := range values {
			open(b, 3, item, "value", v)
		}
		fmt.Fprintf(b, "    </%s>\n", tag)
	}
	b.WriteString("  </View>\n")
}

// open writes a tag with its attributes, those without a value left out; a name that
// ends in "/" is closed at once.
func open(b *strings.Builder, depth int, tag string, attributes ...string) {
	name, closed := strings.CutSuffix(tag, "/")
	b.WriteString(strings.Repeat("  ", depth) + "<" + name)
	for i := 0; i+1 < len(attributes); i += 2 {
		if attributes[i+1] == "" {
			continue
		}
		b.WriteString(" " + attributes[i] + `="`)
		_ = xml.EscapeText(b, []byte(attributes[i+1])) // a Builder takes everything
		b.WriteByte('"')
	}
	if closed {
		b.WriteByte('/')
	}
	b.WriteString(">\n")
}

// oneLine is a text without what XML attributes cannot hold.
func oneLine(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if !allowed(r) {
			return ' '
		}
		return r
	}, s))
}

// attribute is an attribute as a control describes it.
func (c *found) attribute() annotate.Attribute {
	a := annotate.Attribute{Scope: annotate.DocumentScope, Name: strings.TrimSuffix(c.name, ofArticle), Type: annotate.TextValue}
	if c.region {
		a.Scope, a.Name = annotate.SpanScope, c.name
	}
	switch c.tag {
	case "Choices":
		a.Type = annotate.OneOf
		if c.multiple {
			a.Type = annotate.ManyOf
		}
		if len(c.values) == 2 && c.values[0] == "true" && c.values[1] == "false" {
			a.Type, c.values = annotate.BooleanValue, nil
		}
	case "Taxonomy":
		a.Type = annotate.ManyOf
	case "Number", "Rating":
		a.Type = annotate.NumberValue
	case "DateTime":
		a.Type = annotate.DateValue
	}
	for _, v := range c.values {
		a.Choices = append(a.Choices, annotate.Choice{Name: v})
	}
	return a
}
