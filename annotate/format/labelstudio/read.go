package labelstudio

import (
	"context"
	"iter"
	"path"
	"slices"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
)

const help = "docs/formats/labelstudio.md has the keys."

// textKeys are the keys under which tasks have the text, best first.
var textKeys = []string{"text", "content", "body", "article", "document", "sentence"}

// reader reads a file, or the files of a folder.
type reader struct {
	settings       format.Settings
	config         *configuration // nil if there is none
	tasks, skipped int            // with a text and without
}

// joined reads articles, also such of which the tasks are pieces.
func joined(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return format.JoinPieces(read(ctx, src, s))
}

func read(ctx context.Context, src format.Source, s format.Settings) iter.Seq2[*format.Article, error] {
	return func(yield func(*format.Article, error) bool) {
		r := &reader{settings: s}
		sources, err := r.sources(src)
		if err != nil {
			yield(nil, err)
			return
		}
		if r.config != nil && !yield(format.Describe(src.At(0), r.config.described), nil) {
			return
		}
		for _, file := range sources {
			for item := range file.JSONItems() {
				if item.Err == nil {
					item.Err = ctx.Err()
				}
				var a *format.Article
				if err = item.Err; err == nil {
					a, err = r.task(item)
				}
				if !yield(a, err) || err != nil {
					return
				}
			}
		}
		if r.tasks == 0 && r.skipped > 0 {
			yield(nil, format.Refuse(src.At(0), "Say which key of the data holds it with --opt text-column=KEY.", "no task has a text"))
		}
	}
}

// sources are the task files of a folder; its configuration is read.
func (r *reader) sources(src format.Source) ([]format.Source, error) {
	if !src.Dir {
		return []format.Source{src}, nil
	}
	files, err := format.Walk(src)
	if err != nil {
		return nil, err
	}
	var sources []format.Source
	for _, rel := range files {
		switch {
		case strings.ToLower(path.Ext(rel)) == ".json":
			sources = append(sources, src.File(rel))
		case isConfig(rel) && r.config == nil:
			if r.config, err = readConfig(src.File(rel)); err != nil {
				return nil, err
			}
		}
	}
	if len(sources) == 0 {
		return nil, format.Refuse(src.At(0), "", "the folder holds no .json file with tasks")
	}
	return sources, nil
}

// task reads a task, or a row of JSON-MIN.
func (r *reader) task(item format.JSONItem) (*format.Article, error) {
	o := jsonobject.Parse(item.Raw, item.Place, help)
	if o.Err() != nil {
		return nil, o.Err()
	}
	t := &task{reader: r, Object: o, a: &format.Article{Place: item.Place}}
	data := o
	raw, whole := o.Peek("data")
	if whole = whole && raw[0] == '{'; whole {
		o.Take("data")
		data = o.Inner(raw)
	}
	if !t.body(data) {
		r.skipped++
		return format.LeftOut(item.Place, "no_text", "tasks without a text, left out", 1, item.Place.String()), nil
	}
	r.tasks++
	if whole {
		t.whole(data)
	} else {
		t.min()
	}
	t.facts(data, whole)
	o.Adopt(data)
	return t.a, o.Err()
}

// body takes the text.
func (t *task) body(data *jsonobject.Object) bool {
	keys := textKeys
	if t.config != nil && len(t.config.keys) > 0 {
		keys = t.config.keys
	}
	if named := t.settings["text-column"]; named != "" {
		keys = []string{named}
	}
	for _, key := range keys {
		if raw, ok := data.Peek(key); ok && raw[0] == '"' {
			t.key, t.a.Text = key, data.Text(key)
			return true
		}
	}
	return false
}

// facts takes what is said of the article; data is the row itself in JSON-MIN.
func (t *task) facts(data *jsonobject.Object, whole bool) {
	own := data.Has("id")
	if raw, ok := data.Peek("id"); ok {
		// A number is that of a data base: another project has the same.
		t.a.RefFromName = raw[0] != '"'
		t.a.Ref = data.Text("id")
	}
	if whole && !own && t.Has("id") {
		t.a.RefFromName, t.a.Ref = true, t.Text("id")
	}
	t.a.Piece = data.TakePiece()
	data.Drop()
	data.TakeFacts(t.a)
	if raw, ok := data.Peek("meta"); ok && raw[0] == '{' {
		t.a.Meta = data.Values("meta")
	}
	t.a.Meta = data.Rest(t.a.Meta)
	if drafts, ok := t.Peek("drafts"); whole && ok && drafts[0] == '[' && len(slices.Collect(format.JSONElements(drafts))) > 0 {
		t.a.Skip("drafts", "drafts, left out", len(slices.Collect(format.JSONElements(drafts))), t.At().String())
	}
}
