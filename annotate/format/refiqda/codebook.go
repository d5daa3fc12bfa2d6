package refiqda

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"iter"

	"lede/annotate"
	"lede/annotate/format"
	"lede/annotate/format/features"
	"lede/annotate/format/xmlread"
)

// readCodebook hands over what a .qdc file says of labels; there are no articles.
func readCodebook(_ context.Context, src format.Source, _ format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		schema := annotate.Schema{}
		root := func(e xml.StartElement) error {
			if e.Name.Local != "CodeBook" {
				return format.Refuse(src.At(0), hint, "it begins with %q, where a QDA codebook has CodeBook", e.Name.Local)
			}
			return nil
		}
		var sets int
		err := parts(src, root, func(r *xmlread.Reader, e xml.StartElement) error {
			if e.Name.Local != "Codes" {
				sets++
				return r.Skip()
			}
			var list struct {
				Codes []codeElement `xml:"Code"`
			}
			if err := r.Decode(&list, e); err != nil {
				return err
			}
			b := codeReader{codes: map[string]*code{}, schema: &schema, count: map[string]int{}}
			b.all(list.Codes)
			b.attributes()
			return nil
		})
		if err != nil {
			yield(nil, err)
			return
		}
		if yield(format.Describe(src.At(0), &schema), nil) && sets > 0 {
			yield(format.LeftOut(src.At(0), "project", "sets of codes, left out", sets, ""), nil)
		}
	}
}

// fitCodebook tells what a codebook has no place for, and spells the names.
func fitCodebook(job *format.Job) {
	s := job.Schema
	state := &state{labels: job.SafeNames("label", job.SchemaLabels(), features.XMLName), attributes: map[string]annotate.AttributeType{}}
	job.Lose("relations", "relation types", len(s.RelationTypes), "")
	job.Lose("rules", "rules", len(s.Rules), "")
	job.Lose("schema", "titles, keys and line patterns of labels", len(s.Labels), "")
	for _, a := range s.Attributes {
		if a.Scope != annotate.SpanScope || len(choiceCodes(s, a, state.labels)) == 0 {
			job.Lose("attributes", "attributes without a list of values, or not of spans", 1, a.Name)
		}
	}
	job.State = state
}

// choiceCodes are the codes of all values that an attribute offers.
func choiceCodes(s *annotate.Schema, a annotate.Attribute, labels map[string]string) []valueCode {
	var list []valueCode
	types := map[string]annotate.AttributeType{a.Name: a.Type}
	for _, l := range s.Labels {
		if len(a.Labels) > 0 && !contains(a.Labels, l.ID) {
			continue
		}
		var values []string
		switch a.Type {
		case annotate.BooleanValue:
			values = []string{"true"}
		case annotate.OneOf, annotate.ManyOf:
			for _, c := range a.Choices {
				word := string(format.AppendString(nil, c.Name))
				if a.Type == annotate.ManyOf {
					word = "[" + word + "]"
				}
				values = append(values, word)
			}
		default: // free values have no codes
		}
		for _, v := range values {
			list = append(list, valueCodes(labels[l.Name], a.Name, json.RawMessage(v), types)...)
		}
	}
	return list
}

func contains(ids []annotate.ID, id annotate.ID) bool {
	for _, x := range ids {
		if x == id {
			return true
		}
	}
	return false
}

// codesOf is the codebook of a schema with all values that its attributes offer.
func codesOf(job *format.Job) *codebook {
	s := job.State.(*state)
	c := &codebook{s.labels, map[string][]valueCode{}, job.Schema}
	for _, a := range job.Schema.Attributes {
		if a.Scope != annotate.SpanScope {
			continue
		}
		for _, v := range choiceCodes(job.Schema, a, s.labels) {
			c.use(v)
		}
	}
	return c
}

type nothing struct{}

func (nothing) Write(*format.Article) error { return nil }
func (nothing) Close() error                { return nil }

func newCodebook(t format.Target, job *format.Job) (format.Writer, error) {
	codes := codesOf(job).xml()
	if codes == "" {
		return nil, &annotate.Error{
			Kind: annotate.ErrInvalid, Op: "export", Subject: job.Out, Detail: "the project has no labels, and a codebook without codes is none.", Hint: "Make a label first.",
		}
	}
	out, err := t.Create("")
	if err != nil {
		return nil, err
	}
	_, err = io.WriteString(out, xml.Header+`<CodeBook xmlns="`+codebookSpace+`" origin="Lede">`+"\n"+codes+"</CodeBook>\n")
	if closing := out.Close(); err == nil {
		err = closing
	}
	return nothing{}, err
}

// readBackCodebook counts the codes and looks for every label.
func readBackCodebook(open format.OpenFunc, _ *format.Expectations, job *format.Job) error {
	in, err := open("")
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	at, have := format.Place{File: "codebook"}, map[string]string{}
	dec := xml.NewDecoder(in)
	for {
		t, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return format.Mismatch(at, "it cannot be read: %s", err)
		}
		e, ok := t.(xml.StartElement)
		if !ok || e.Name.Local != "Code" {
			continue
		}
		if e.Name.Space != codebookSpace || xmlread.Attr(e, "isCodable") != "true" {
			return format.Mismatch(at, "the code %q is none of the standard", xmlread.Attr(e, "name"))
		}
		have[xmlread.Attr(e, "name")] = xmlread.Attr(e, "color")
	}
	for _, l := range job.Schema.Labels {
		name := job.State.(*state).labels[l.Name]
		color, ok := have[name]
		if _, _, _, good := annotate.RGB(l.Color); !ok || good && color != l.Color {
			return format.Mismatch(at, "the label %q is not there with its colour", name)
		}
	}
	return nil
}
