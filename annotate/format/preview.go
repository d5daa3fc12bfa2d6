package format

import (
	"errors"

	"lede/annotate"
	"lede/annotate/text"
)

// Shown is an article of a file as it would be in the project, for people to look at.
type Shown struct {
	Text  *text.Text
	Spans []ShownSpan // of all annotators
}

// ShownSpan is a span by the label of its file.
type ShownSpan struct {
	Label     string
	Fragments annotate.Fragments
}

// Show takes in an article that a reader of f has given. Offsets are tried in the unit
// of the format, then in the others: unlike an import it sees one article alone. The
// error is a sentence.
func Show(a *Article, f *Format, options map[string]string) (*Shown, error) {
	if a.NoText {
		return nil, Refuse(a.Place, "", "the file does not hold the text")
	}
	told := unitOf(f)
	var first error
	for n := range len(units) {
		u := units[(told+n)%len(units)]
		t, err := takeIn(a, u, Settings{"title-in-text": options["title-in-text"], "date-order": "dmy"})
		if err != nil {
			if first == nil {
				first = err
			}
			if wrong := (*offsetError)(nil); errors.As(err, &wrong) {
				continue
			}
			return nil, err
		}
		s := &Shown{Text: t.text}
		for i := range a.Sets {
			for k, x := range a.Sets[i].Spans {
				s.Spans = append(s.Spans, ShownSpan{x.Label, t.fragments[i][k]})
			}
		}
		return s, nil
	}
	if inner := errors.Unwrap(first); inner != nil {
		first = inner
	}
	return nil, first
}

// LabelUse is a label as the files have it.
type LabelUse struct {
	Name  string `json:"name"`
	As    string `json:"as"` // in the project; "" = its spans stay out
	Spans int    `json:"spans"`
	New   bool   `json:"new"` // the project does not have it yet
}

// maxLabelUses bounds the labels that a report lists.
const maxLabelUses = 1000

// use counts a span of a label, in the order in which labels come.
func (im *importer) use(label string) {
	at, seen := im.uses[label]
	if !seen {
		as, told := im.o.Map[label]
		if !told {
			as = label
		}
		if len(im.report.Labels) == maxLabelUses {
			return
		}
		at = len(im.report.Labels)
		im.uses[label] = at
		_, known := im.labels[as]
		im.report.Labels = append(im.report.Labels, LabelUse{Name: label, As: as, New: !known && as != ""})
	}
	im.report.Labels[at].Spans++
}

// ColumnsError says that it must be told which column holds the text.
type ColumnsError struct{ Columns []string }

func (e *ColumnsError) Error() string { return "the columns are " + join(e.Columns) }
