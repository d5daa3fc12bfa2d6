package format

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/text"
)

// Restore is no article but records of a project that a file holds as they are:
// schema, annotators and entities. Those that the project has already, by name, stay
// as they are; others are made, with their ids where these are free. Readers yield it
// before the articles.
func Restore(at Place, records ...annotate.Record) *Article {
	return &Article{Place: at, aside: true, restores: records}
}

// restored takes in an article that has its Record: its text was taken in before and
// must not be so again, and what its date means is known.
func restored(a *Article) (*taken, error) {
	in, err := StoredText(a.Place, *a.Record, a.Text)
	if err != nil {
		return nil, err
	}
	t := &taken{Article: a, text: text.New(in.Text), hash: text.SHA256(in.Text), published: a.Record.PublishedISO}
	if t.hash != a.Record.TextHash {
		return nil, Refuse(a.Place, "The file was changed after it was written.", "the text of article %q is not the one whose hash stands beside it", a.Ref)
	}
	return t, t.mapSpans(mapper{in: &in, unit: units[folded], from: t.text, text: t.text})
}

// recordFacts gives an article's facts what only its record says.
func (im *importer) recordFacts(ctx context.Context, f *annotate.Article, r *annotate.Article) error {
	if r == nil {
		return nil
	}
	own, err := im.own(ctx, annotate.KindArticle, string(r.ID))
	if err != nil {
		return err
	}
	if own {
		f.ID = r.ID
	}
	f.Intake, f.Extra = r.Intake, r.Extra
	return nil
}

// recordSet gives an annotation set what only its record says.
func (im *importer) recordSet(ctx context.Context, s *annotate.AnnotationSet, r *annotate.AnnotationSet) error {
	if r == nil {
		return nil
	}
	own, err := im.own(ctx, annotate.KindSet, string(r.ID))
	if err != nil {
		return err
	}
	if own {
		s.ID = r.ID
	}
	s.Extra = r.Extra
	return nil
}

// restorer makes records that a file holds as they are.
type restorer struct {
	im  *importer
	ctx context.Context
	at  Place
	ids map[annotate.ID]annotate.ID // in the file → in the project
}

// restore makes what the project lacks of the records.
func (im *importer) restore(ctx context.Context, at Place, records []annotate.Record) error {
	r := &restorer{im: im, ctx: ctx, at: at, ids: map[annotate.ID]annotate.ID{}}
	var made []annotate.Record
	for _, x := range records {
		known, err := r.id(x)
		if err != nil {
			return err
		}
		if !known {
			made = append(made, x)
		}
	}
	for _, x := range made { // records may refer to later ones
		if err := r.make(x); err != nil {
			return err
		}
	}
	return nil
}

// id notes under which id a record stands in the project, and whether it does already.
func (r *restorer) id(x annotate.Record) (known bool, err error) {
	id := x.RecordID()
	if id == "" || r.ids[id] != "" {
		return false, r.refuse("the %s %q has no id of its own", x.RecordKind(), id)
	}
	if here, same := r.known(x); here != "" {
		if r.ids[id] = here; !same {
			r.im.notes.add("schema", "labels, relation types, attributes and annotators that the project has already: its own stay as they are", 1, annotate.NameOf(x))
		}
		return true, nil
	}
	own, err := r.im.own(r.ctx, x.RecordKind(), string(id))
	if err != nil {
		return false, err
	}
	if r.ids[id] = id; !own {
		r.ids[id] = r.im.o.Env.NewID()
		if _, entity := x.(annotate.Entity); !entity {
			r.im.notes.add("ids", "ids of the schema replaced, because they are taken", 1, annotate.NameOf(x))
		}
	}
	return false, nil
}

// known is the id of the record's counterpart in the project, and whether it is the
// same.
func (r *restorer) known(x annotate.Record) (here annotate.ID, same bool) {
	im := r.im
	switch x := x.(type) {
	case annotate.Label:
		l, ok := im.schema.LabelNamed(x.Name)
		return idIf(ok, l.ID), annotate.SameRecord(l, x)
	case annotate.RelationType:
		t, ok := im.schema.RelationTypeNamed(x.Name)
		return idIf(ok, t.ID), annotate.SameRecord(t, x)
	case annotate.Attribute:
		before := im.schema.Attributes[:im.attributesBefore]
		at := slices.IndexFunc(before, func(a annotate.Attribute) bool { return a.ID == x.ID }) // several labels may have one of a name
		if at < 0 {
			at = slices.IndexFunc(before, func(a annotate.Attribute) bool { return a.Scope == x.Scope && a.Name == x.Name })
		}
		if at >= 0 {
			return before[at].ID, annotate.SameRecord(before[at], x)
		}
	case annotate.Rule:
		for _, known := range im.schema.Rules {
			if known.Name == x.Name && known.Value == x.Value && (known.Label == x.Label || known.Label == r.ids[x.Label]) {
				return known.ID, true
			}
		}
	case annotate.Annotator:
		for _, p := range im.people {
			if strings.EqualFold(p.Name, x.Name) {
				return p.ID, annotate.SameRecord(p, x)
			}
		}
	case annotate.Entity:
		e, ok := im.entities[x.ID]
		return idIf(ok, e.ID), true // mentions tell of other names
	}
	return "", false
}

func idIf(ok bool, id annotate.ID) annotate.ID {
	if !ok {
		return ""
	}
	return id
}

func (r *restorer) refuse(what string, args ...any) error {
	return Refuse(r.at, "Mend the file.", what, args...)
}

// points is the id in the project at which a record of the file points; "" stays "".
func (r *restorer) points(id annotate.ID) annotate.ID { return r.ids[id] }

func (r *restorer) all(ids []annotate.ID) ([]annotate.ID, error) {
	list := slices.Clone(ids)
	for i, id := range list {
		if list[i] = r.ids[id]; list[i] == "" {
			return nil, r.refuse("the id %q, to which something is limited, stands for nothing", id)
		}
	}
	return list, nil
}

// make creates a record, with ids as they are in the project.
func (r *restorer) make(x annotate.Record) error {
	if name := annotate.NameOf(x); strings.TrimSpace(name) == "" || strings.ContainsAny(name, "\n\x00") {
		return r.refuse("the name %q of a %s is empty or has a line break", name, x.RecordKind())
	}
	switch x := x.(type) {
	case annotate.Label:
		x.ID, x.Parent = r.ids[x.ID], r.points(x.Parent)
		return r.label(x)
	case annotate.RelationType:
		return r.relationType(x)
	case annotate.Attribute:
		return r.attribute(x)
	case annotate.Rule:
		x.ID, x.Label = r.ids[x.ID], cmp.Or(r.points(x.Label), "")
		r.im.schema.Rules = append(r.im.schema.Rules, x)
		r.im.ops = append(r.im.ops, annotate.Create(x))
	case annotate.Annotator:
		return r.annotator(x)
	case annotate.Entity:
		return r.entity(x)
	default:
		return r.refuse("a %s cannot stand here", x.RecordKind())
	}
	return nil
}

func (r *restorer) label(l annotate.Label) error {
	im := r.im
	if _, twice := im.labels[l.Name]; twice {
		return r.refuse("two labels are called %q", l.Name)
	}
	if _, taken := im.schema.LabelByKey(l.Hotkey); taken {
		im.notes.add("keys", "labels without their key, because another label has it", 1, l.Name)
		l.Hotkey = ""
	}
	if len(im.schema.Labels) > 0 && im.labelsBefore > 0 {
		l.Order = im.schema.Labels[len(im.schema.Labels)-1].Order + 1 // behind those of the project
	}
	im.schema.Labels = append(im.schema.Labels, l)
	im.labels[l.Name] = l.ID
	im.ops = append(im.ops, annotate.Create(l))
	im.report.Created.Labels = append(im.report.Created.Labels, l.Name)
	return nil
}

func (r *restorer) relationType(t annotate.RelationType) (err error) {
	im := r.im
	if _, twice := im.types[t.Name]; twice {
		return r.refuse("two relation types are called %q", t.Name)
	}
	t.ID = r.ids[t.ID]
	if t.From, err = r.all(t.From); err != nil {
		return err
	}
	if t.To, err = r.all(t.To); err != nil {
		return err
	}
	im.schema.RelationTypes = append(im.schema.RelationTypes, t)
	im.types[t.Name] = t.ID
	im.ops = append(im.ops, annotate.Create(t))
	im.report.Created.RelationTypes = append(im.report.Created.RelationTypes, t.Name)
	return nil
}

func (r *restorer) attribute(a annotate.Attribute) (err error) {
	im := r.im
	a.ID = r.ids[a.ID]
	if a.Labels, err = r.all(a.Labels); err != nil {
		return err
	}
	im.schema.Attributes = append(im.schema.Attributes, a)
	im.ops = append(im.ops, annotate.Create(a))
	im.report.Created.Attributes = append(im.report.Created.Attributes, a.Name)
	return nil
}

func (r *restorer) annotator(p annotate.Annotator) error {
	im := r.im
	if strings.EqualFold(p.Name, annotate.AllName) || strings.EqualFold(p.Name, annotate.GoldName) && p.Kind != annotate.Gold ||
		slices.ContainsFunc(im.people, func(other annotate.Annotator) bool { return strings.EqualFold(other.Name, p.Name) }) {
		return r.refuse("%q cannot be the name of an annotator, or two are called so", p.Name)
	}
	p.ID = r.ids[p.ID]
	im.people = append(im.people, p)
	im.ops = append(im.ops, annotate.Create(p))
	im.report.Created.Annotators = append(im.report.Created.Annotators, p.Name)
	return nil
}

func (r *restorer) entity(e annotate.Entity) error {
	im := r.im
	old := e.ID
	e.ID = r.ids[old]
	im.knowEntity(e)
	im.entities[old] = e
	im.ops = append(im.ops, annotate.Create(e))
	im.report.Created.Entities = append(im.report.Created.Entities, e.Name)
	return nil
}
