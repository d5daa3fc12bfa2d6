package huggingface

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/parquetfile"
	"lede/annotate/format/rows"
)

// config is a configuration with its columns.
type config struct {
	name    string
	columns []rows.Column
	file    []parquetfile.Column
	tags    []string // the classes of ner_tags
}

func (w *writer) features(name string) config {
	c := config{name: name, columns: w.tables[name].Columns(w.job.Schema), tags: w.tagNames()}
	for _, col := range c.columns {
		f := parquetfile.Of(col)
		switch {
		case col.Group != rows.Fixed:
			if col.Name != col.Key {
				w.job.Names["field "+col.Key] = col.Name
			}
		case name == spansConfig && col.Name == "spans":
			f = parquetfile.Column{Name: "spans", List: true}
			for _, field := range spanFields {
				x := parquetfile.Column{Name: field}
				if field == "start" || field == "end" {
					x.Type = parquetfile.Int64
				}
				f.Fields = append(f.Fields, x)
			}
		case name == tokensConfig && col.Name == "ner_tags":
			f = parquetfile.Column{Name: "ner_tags", Type: parquetfile.Int64, List: true}
		}
		c.file = append(c.file, f)
	}
	return c
}

// dtype is a type as datasets spells it.
func dtype(t parquetfile.Type) string {
	return [...]string{parquetfile.String: "string", parquetfile.Int64: "int64", parquetfile.Double: "float64", parquetfile.Bool: "bool"}[t]
}

// info is what each file says of its features, so that they survive without the card.
func (c config) info() string {
	b := []byte(`{"info":{"features":{`)
	value := func(b []byte, t parquetfile.Type) []byte {
		return fmt.Appendf(b, `{"dtype":"%s","_type":"Value"}`, dtype(t))
	}
	for i, f := range c.file {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(format.AppendString(b, f.Name), ':')
		switch {
		case f.Name == "ner_tags" && c.name == tokensConfig:
			b = append(b, `{"feature":{"names":[`...)
			for k, n := range c.tags {
				if k > 0 {
					b = append(b, ',')
				}
				b = format.AppendString(b, n)
			}
			b = append(b, `],"_type":"ClassLabel"},"_type":"Sequence"}`...)
		case f.Fields != nil:
			b = append(b, `[{`...)
			for k, x := range f.Fields {
				if k > 0 {
					b = append(b, ',')
				}
				b = value(append(format.AppendString(b, x.Name), ':'), x.Type)
			}
			b = append(b, `}]`...)
		case f.List:
			b = append(value(append(b, `{"feature":`...), f.Type), `,"_type":"Sequence"}`...)
		default:
			b = value(b, f.Type)
		}
	}
	return string(append(b, `}}}`...))
}

// quoted is a text as YAML takes it for sure: JSON strings are YAML.
func quoted(s string) string { return string(format.AppendString(nil, s)) }

// yaml is the features of a configuration in the card.
func (c config) yaml(b *strings.Builder) {
	for _, f := range c.file {
		fmt.Fprintf(b, "  - name: %s\n", quoted(f.Name))
		switch {
		case f.Name == "ner_tags" && c.name == tokensConfig:
			b.WriteString("    sequence:\n      class_label:\n        names:\n")
			for i, n := range c.tags {
				fmt.Fprintf(b, "          '%d': %s\n", i, quoted(n))
			}
		case f.Fields != nil:
			b.WriteString("    list:\n")
			for _, x := range f.Fields {
				fmt.Fprintf(b, "    - name: %s\n      dtype: %s\n", x.Name, dtype(x.Type))
			}
		case f.List:
			fmt.Fprintf(b, "    sequence: %s\n", dtype(f.Type))
		default:
			fmt.Fprintf(b, "    dtype: %s\n", dtype(f.Type))
		}
	}
}

// card writes README.md.
func (w *writer) card(all []config) error {
	var b strings.Builder
	title := cmp.Or(w.job.Settings["pretty-name"], filepath.Base(w.job.Out))
	fmt.Fprintf(&b, "---\npretty_name: %s\nlicense: %s\n", quoted(title), quoted(w.job.Settings["license"]))
	b.WriteString("task_categories:\n- token-classification\ntags:\n- news\n- annotation\nconfigs:\n")
	for _, c := range all {
		fmt.Fprintf(&b, "- config_name: %s\n", c.name)
		if c.name == spansConfig {
			b.WriteString("  default: true\n")
		}
		b.WriteString("  data_files:\n")
		for _, s := range w.splits {
			fmt.Fprintf(&b, "  - split: %s\n    path: %s/%s-*.parquet\n", s, c.name, s)
		}
	}
	b.WriteString("dataset_info:\n")
	for _, c := range all {
		fmt.Fprintf(&b, "- config_name: %s\n  features:\n", c.name)
		c.yaml(&b)
		b.WriteString("  splits:\n")
		for _, s := range w.splits {
			fmt.Fprintf(&b, "  - name: %s\n    num_examples: %d\n", s, w.rows[c.name+"/"+s])
		}
	}
	b.WriteString("---\n\n# " + strings.Join(strings.Fields(title), " ") + "\n\n")
	b.WriteString("News articles with marked spans, exported by Lede.\n\n```python\nfrom datasets import load_dataset\n\n")
	for _, c := range slices.Backward(all) {
		fmt.Fprintf(&b, "%s = load_dataset(\"path/of/this/folder\", \"%s\")\n", c.name, c.name)
	}
	b.WriteString("```\n\n- `spans`: an article a row. `start` and `end` count characters (Unicode code points) from 0, the end exclusive: `text[start:end]` is the text of the span. Parts of a split span have one `id`.\n")
	b.WriteString("- `tokens`: an article a row, its words and their IOB2 tags. Of spans that overlap the longest is tagged.\n- `relations`: a relation a row, from the span `head_id` to `tail_id` of the article `doc_id`.\n")
	out, err := w.out.Create(card)
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, b.String())
	return cmp.Or(err, out.Close())
}
