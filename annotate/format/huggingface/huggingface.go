package huggingface

import (
	"slices"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/rows"
	"lede/annotate/format/token"
)

func init() {
	format.Register(&format.Format{
		Name: "huggingface", Title: "Hugging Face dataset",
		Description:  "A folder for datasets.load_dataset and the Hub: Parquet files of spans, tokens with tags and relations, and a dataset card.",
		Extensions:   []string{".parquet"},
		ExtensionFor: func(format.Settings) string { return "" },
		Folder:       true,
		AsFile:       func(string, format.Settings) bool { return false },
		Training:     true,
		Oracles:      []string{"DuckDB 1.5.6", "arrow-rs (parquet-wasm 0.8)", "hyparquet 1.31", "seqeval cd01b52"},
		Splits:       true,
		Options: []format.Option{
			token.Option(),
			format.UnitOption("article"),
			{Key: "license", Default: "unknown", For: format.ForExport, Help: "the licence in the card, as the Hub spells it: cc-by-4.0 and so on"},
			{Key: "pretty-name", Default: "", For: format.ForExport, Help: "the title in the card; default: the name of the folder"},
		},
		CannotHold: []string{
			"the work of several annotators in one dataset", "warnings that were said to be no problem", "details of the schema, history, attributes of entities",
			"in the tokens configuration: overlapping spans (the longest is tagged; the spans configuration has all)",
		},
		Detect: detect, Read: joined,
		Fit: fit, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
	})
}

// The configurations of an export.
const (
	spansConfig     = "spans"
	tokensConfig    = "tokens"
	relationsConfig = "relations"
)

// detect knows a dataset by its card and its files.
func detect(s format.Sample) int {
	if !s.Dir || !slices.Contains(s.Files, card) {
		return 0
	}
	if slices.ContainsFunc(s.Files, func(f string) bool { return strings.HasSuffix(f, ".parquet") }) {
		return 97
	}
	return 0
}

const card = "README.md"

// state is what fitting, writing and reading back share for one export.
type state struct {
	layout token.Layout
	err    error               // of an option, told when writing starts
	made   map[string][]string // the files of each configuration
}

func fitProject(job *format.Job) {
	s := &state{}
	s.layout, s.err = token.ParseLayout(job.Settings)
	job.State = s
}

// prepared is what the writer needs of an article: its rows.
type prepared struct {
	pieces []*format.Article
	tokens []tagged // of each piece
}

// tagged are tokens with tags.
type tagged struct{ words, tags []string }

// fit keeps all but accepted warnings, and works out the rows and tokens. That spans lie
// on top of each other is no loss: the spans configuration has them.
func fit(a *format.Article, job *format.Job) *format.Article {
	fitted := *a
	fitted.Sets = slices.Clone(a.Sets)
	for i := range fitted.Sets {
		s := &fitted.Sets[i]
		accepted := len(s.Accepted)
		s.Accepted = nil
		for _, x := range s.Spans {
			accepted += len(x.Accepted)
		}
		for _, r := range s.Relations {
			accepted += len(r.Accepted)
		}
		job.Lose("accepted", "warnings that were said to be no problem", accepted, a.Ref)
	}
	layout := job.State.(*state).layout
	p := &prepared{pieces: layout.Pieces(&fitted, job)}
	for _, piece := range p.pieces {
		p.tokens = append(p.tokens, tag(piece, layout.Tokenizer, job))
	}
	fitted.Prepared = p
	fitted.Gather(p.pieces)
	return &fitted
}

// tag tags the tokens of a piece.
func tag(a *format.Article, tokenizer string, job *format.Job) (p tagged) {
	var spans []format.Span
	for _, s := range a.Sets {
		spans = s.Spans
	}
	aside := &format.Job{Schema: job.Schema, Settings: job.Settings, Names: map[string]string{}} // tags tell nothing that the spans do not hold
	winners, _ := token.Longest(spans)
	layout := token.Layout{Tokenizer: tokenizer, Unit: format.Unit{Name: "article"}}
	for _, r := range layout.Lay(a, winners, aside) {
		tags := slices.Repeat([]string{"O"}, len(r.Tokens))
		for _, e := range r.Entities {
			for i := e.First; i < e.End; i++ {
				tags[i] = "I-" + e.Span.Label
			}
			tags[e.First] = "B-" + e.Span.Label
		}
		for _, t := range r.Tokens {
			p.words = append(p.words, a.Index().Slice(t.Range))
		}
		p.tags = append(p.tags, tags...)
	}
	return p
}

// columns of the configurations. What is in JSON is what is read back; the columns
// field_… beside it are for training.
func fixed(kind rows.Kind, names ...string) []rows.Column {
	var list []rows.Column
	for _, n := range names {
		list = append(list, rows.Column{Name: n, Kind: kind, Group: rows.Fixed})
	}
	return list
}

var (
	factNames  = []string{"title", "source", "url", "author", "published", "language"}
	setNames   = []string{"annotator", "status", "flag", "reason", "note"}
	spanFields = []string{"id", "start", "end", "label", "text", "entity", "entity_kind", "entity_id", "origin", "note", "attributes"}
	specs      = map[string]rows.Spec{
		spansConfig: {Name: spansConfig + "-config", Columns: slices.Concat(
			fixed(rows.Text, "id", "text"), fixed(rows.JSON, "spans"), fixed(rows.Text, factNames...), fixed(rows.Text, setNames...),
			[]rows.Column{{Group: rows.Fields}}, fixed(rows.Text, "fields", "meta"))},
		tokensConfig: {Name: tokensConfig + "-config", Columns: slices.Concat(fixed(rows.Text, "id"), fixed(rows.List, "tokens", "ner_tags"), []rows.Column{{Group: rows.Fields}})},
		relationsConfig: {Name: relationsConfig + "-config", Columns: slices.Concat(
			fixed(rows.Text, "doc_id", "id", "label", "head_id", "tail_id", "head_label", "tail_label", "head_text", "tail_text", "note", "attributes"))},
	}
	pieceNames = []string{"piece_of", "piece_start", "piece_end", "piece_length"}
	configs    = []string{spansConfig, tokensConfig, relationsConfig}
)

// specOf is the table of a configuration. Where rows are pieces of articles, spans and
// tokens say of which.
func specOf(config string, pieces bool) rows.Spec {
	s := specs[config]
	if pieces && config != relationsConfig {
		s.Name += "-pieces"
		s.Columns = slices.Concat(s.Columns, fixed(rows.Text, pieceNames[0]), fixed(rows.Whole, pieceNames[1:]...))
	}
	return s
}
