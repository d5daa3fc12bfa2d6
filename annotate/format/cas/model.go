package cas

import (
	"strings"

	"lede/annotate/format"
)

// Document is a CAS as a file has it.
type Document struct {
	Types *Types
	// Guessed counts structures whose type no type system defines: which of their
	// values are references is told by their names.
	Guessed int
	FS      []*FS
	Views   []View

	byID, sofas map[int]*FS
}

// View is a text and what is said of it. All says that the file does not list
// members: all that lies in the view's text is one.
type View struct {
	Name    string
	Sofa    int
	Members []int
	All     bool
}

// FS is a feature structure.
type FS struct {
	Place    format.Place
	ID       int
	Type     string
	Fields   []Field
	Elements []Value // of an array
}

// Field is a feature with its value.
type Field struct {
	Name string
	Value
}

// Kind says what a value is.
type Kind int

// The kinds.
const (
	Null Kind = iota
	Word
	Number // Text as it is written
	Truth  // Text is true or false
	Ref    // to another feature structure
	List
)

// Value is a value of a feature or an element of an array.
type Value struct {
	Kind Kind
	Text string
	Ref  int
	List []Value
}

// Words, references and lists of words as values.
func word(s string) Value { return Value{Kind: Word, Text: s} }

func number(n int) Value { return Value{Kind: Number, Text: itoa(n)} }

func ref(id int) Value { return Value{Kind: Ref, Ref: id} }

// Get is the value of a feature, Null if it has none.
func (f *FS) Get(name string) Value {
	for i := range f.Fields {
		if f.Fields[i].Name == name {
			return f.Fields[i].Value
		}
	}
	return Value{}
}

// Text is the value of a feature as it is written, "" if it has none.
func (f *FS) Text(name string) string { return f.Get(name).Text }

// Add puts a feature structure into the document. A number that is taken is
// refused; texts may share theirs with something else, as cassis writes them.
func (d *Document) Add(f *FS) error {
	if d.byID == nil {
		d.byID, d.sofas = map[int]*FS{}, map[int]*FS{}
	}
	in := d.byID
	if f.Type == SofaType {
		in = d.sofas
	}
	if in[f.ID] != nil {
		return format.Refuse(f.Place, "", "two feature structures have the number %d", f.ID)
	}
	in[f.ID] = f
	d.FS = append(d.FS, f)
	return nil
}

// Find is the feature structure with a number, or nil.
func (d *Document) Find(id int) *FS { return d.byID[id] }

// Sofa is the text with a number, or nil.
func (d *Document) Sofa(id int) *FS { return d.sofas[id] }

// items are the values of a list: in place, of an array, or of a chain of list
// nodes. A list that runs in a circle ends where it closes.
func (d *Document) items(v Value) []Value {
	switch v.Kind {
	case List:
		return v.List
	case Ref:
	default:
		return nil
	}
	f := d.Find(v.Ref)
	if f == nil {
		return nil
	}
	if f.Elements != nil {
		return f.Elements
	}
	var list []Value
	seen := map[int]bool{}
	for f != nil && !seen[f.ID] && f.Get("head").Kind != Null {
		seen[f.ID] = true
		list = append(list, f.Get("head"))
		f = d.Find(f.Get("tail").Ref)
	}
	return list
}

// isList says whether a value is, or points at, an array or list.
func (d *Document) isList(v Value) bool {
	if v.Kind == List {
		return true
	}
	f := d.Find(v.Ref)
	return v.Kind == Ref && f != nil && d.isListType(f.Type)
}

// isListType says whether structures of a type are lists: arrays, "X[]" among them,
// and nodes of lists.
func (d *Document) isListType(typ string) bool {
	return strings.HasSuffix(typ, "[]") || d.Types.Is(typ, "uima.cas.ArrayBase") || d.Types.Is(typ, "uima.cas.ListBase")
}
