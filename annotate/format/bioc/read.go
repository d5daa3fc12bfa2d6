package bioc

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/xmlread"
)

const hint = "docs/formats/bioc.md has what is read."

// item is a document as it comes from the file.
type item struct {
	doc  document
	at   format.Place
	ours bool // Lede wrote the file
}

func read(ctx context.Context, src format.Source, _ format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		u, err := unitOf(ctx, src)
		if err != nil {
			yield(nil, err)
			return
		}
		if u.name != "" && !yield(format.LeftOut(src.At(0), "offsets", "files whose offsets are counted in "+u.name+": only so do the texts of all annotations agree", 1, src.Name), nil) {
			return
		}
		for x, err := range documents(src) {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			a, err := article(x, u)
			if !yield(a, err) || err != nil {
				return
			}
		}
	}
}

// documents streams the documents of a file in either form.
func documents(src format.Source) iter.Seq2[*item, error] {
	head, err := beginning(src)
	if err != nil {
		return func(yield func(*item, error) bool) { yield(nil, err) }
	}
	switch {
	case strings.HasPrefix(head, "<"):
		return xmlDocuments(src)
	case strings.HasPrefix(head, "{") && strings.Contains(head, `"documents"`):
		return jsonCollection(src)
	}
	return jsonDocuments(src)
}

// beginning is the start of the file without blanks before it.
func beginning(src format.Source) (string, error) {
	in, err := src.Text()
	if err != nil {
		if in, err = src.Open(); err != nil {
			return "", err
		}
	}
	defer func() { _ = in.Close() }()
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(in, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) && n == 0 {
		return "", err
	}
	return strings.TrimLeft(string(head[:n]), " \t\r\n"), nil
}

func xmlDocuments(src format.Source) iter.Seq2[*item, error] {
	return func(yield func(*item, error) bool) {
		r, err := xmlread.Open(src)
		if err != nil {
			yield(nil, err)
			return
		}
		defer func() { _ = r.Close() }()
		ours, found := false, false
		for {
			t, err := r.Token()
			if errors.Is(err, io.EOF) && found {
				return
			}
			if errors.Is(err, io.EOF) {
				err = format.Refuse(src.At(0), hint, "it is no BioC collection: there is no <collection>")
			}
			start, is := t.(xml.StartElement)
			x := &item{at: r.Place()}
			switch {
			case err != nil || !is:
			case start.Name.Local == "collection":
				found = true
			case start.Name.Local == "document" && found:
				err = r.Decode(&x.doc, start)
				x.ours = ours
			case start.Name.Local == "key" && found:
				var key string
				key, err = r.Text()
				ours = key == ourKey
			default:
				err = r.Skip()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if is && start.Name.Local == "document" && found && !yield(x, nil) {
				return
			}
		}
	}
}

// jsonCollection streams the documents of one collection.
func jsonCollection(src format.Source) iter.Seq2[*item, error] {
	return func(yield func(*item, error) bool) {
		ours := false
		for name, value := range src.JSONMembers("documents") {
			switch {
			case value.Err != nil:
				yield(nil, value.Err)
				return
			case name == "key":
				ours = value.Raw == `"`+ourKey+`"`
			case name == "documents":
				x, err := jsonDocument(value, ours)
				if !yield(x, err) || err != nil {
					return
				}
			}
		}
	}
}

// jsonDocuments streams documents one behind the other or in a list.
func jsonDocuments(src format.Source) iter.Seq2[*item, error] {
	return func(yield func(*item, error) bool) {
		for value := range src.JSONItems() {
			if value.Err != nil {
				yield(nil, value.Err)
				return
			}
			x, err := jsonDocument(value, false)
			if !yield(x, err) || err != nil {
				return
			}
		}
	}
}

func jsonDocument(value format.JSONItem, ours bool) (*item, error) {
	x := &item{at: value.Place, ours: ours}
	var wrong *json.UnmarshalTypeError
	switch err := json.Unmarshal([]byte(value.Raw), &x.doc); {
	case errors.As(err, &wrong):
		return nil, format.Refuse(value.Place, hint, "the document that begins here is none of BioC: %q is of the wrong kind (%s)", wrong.Field, wrong.Value)
	case err != nil:
		return nil, format.Refuse(value.Place, hint, "the document that begins here is none of BioC: %s", err)
	case len(x.doc.Passages) == 0 && x.doc.ID == "":
		return nil, format.Refuse(value.Place, hint, "the object that begins here is no BioC document: it has neither id nor passages")
	}
	return x, nil
}
