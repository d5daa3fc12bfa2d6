package annotest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lede/annotate"
)

// testSchema writes every field of the records of a schema and of entities, and
// reads it back.
func testSchema(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	label := annotate.Label{
		ID: w.newID(), Name: "place", Title: "Place", Color: "#0072b2", ColorDark: "#56b4e9", Pattern: annotate.Dotted, Hotkey: "5",
		Description: "Where", Guideline: "**Where**", Parent: w.actor.ID, Entity: "place", Order: 3, Extra: annotate.Extra{"later": json.RawMessage("1")},
	}
	attribute := annotate.Attribute{
		ID: w.newID(), Scope: annotate.EntityScope, Labels: []id{label.ID}, Name: "precision", Title: "Precision", Type: annotate.OneOf,
		Choices:  []annotate.Choice{{Name: "exact", Title: "Exact", When: annotate.When{"kind": {"a", "b"}}}, {Name: "near"}},
		Required: true, Description: "How precise", Default: json.RawMessage(`"near"`), When: annotate.When{"known": {"true"}}, Order: 2,
	}
	relation := annotate.RelationType{
		ID: w.newID(), Name: "at", Title: "At", From: []id{w.quote.ID}, To: []id{label.ID}, Min: 1, Max: 2,
		Description: "Where it happens", Hotkey: "9", Order: 4,
	}
	entity := annotate.Entity{
		ID: w.newID(), Kind: "place", Name: "Varno", Aliases: []string{"Warno", "Варно", `“The <port>” & more`},
		Attributes: annotate.Values{"precision": json.RawMessage(`"near"`)},
	}
	records := []annotate.Record{label, attribute, relation, entity}
	for _, r := range records {
		w.apply(annotate.Create(r))
	}
	w.reopen(annotate.ModeWindow)
	dump := strings.Join(w.dump(), "\n")
	for _, r := range records {
		raw, err := annotate.EncodeRecord(r)
		w.must(err)
		if !strings.Contains(dump, string(r.RecordKind())+" "+string(raw)) {
			w.Errorf("%s is not there as it was written", raw)
		}
	}
	for i := range records {
		w.apply(annotate.Delete(records[len(records)-1-i]))
	}
	w.refusedSchema(label, attribute, relation, entity)
	w.clean()
}

// refusedSchema writes records with what no such record may hold.
func (w *world) refusedSchema(l annotate.Label, a annotate.Attribute, t annotate.RelationType, e annotate.Entity) {
	w.Helper()
	l.Entity = "two\nlines"
	a.Default = json.RawMessage(`{`)
	unnamed := a
	unnamed.Default, unnamed.When = nil, annotate.When{"": {"x"}}
	var many []annotate.Record
	for _, key := range []string{"0", "10", "a"} {
		t.Hotkey = key
		many = append(many, t)
	}
	for _, alias := range []string{"", " ", "two\nlines"} {
		e.Aliases = []string{alias}
		many = append(many, e)
	}
	for _, r := range append(many, l, a, unnamed) {
		w.refuse(annotate.ErrInvalid, annotate.Create(r))
	}
}

// uses tells how often entities are used, as people would.
func (w *world) uses(named map[id]string) string {
	w.Helper()
	uses, err := w.EntityUses(ctx)
	w.must(err)
	byName := map[string]int{}
	for entity, n := range uses {
		byName[named[entity]] = n
	}
	return strings.TrimPrefix(fmt.Sprint(byName), "map")
}

// mentions pages through the mentions of an entity.
func (w *world) mentions(entity id, limit int) string {
	w.Helper()
	q := annotate.MentionQuery{Entity: entity, Limit: limit}
	var said []string
	for {
		page, err := w.Mentions(ctx, q)
		w.must(err)
		for _, m := range page {
			said = append(said, fmt.Sprintf("%s %s %s[%s]%s", m.Article.Ref, m.Annotator.Name, m.Before, m.Words, m.After))
		}
		if limit == 0 || len(page) < limit {
			return strings.Join(said, "; ")
		}
		q.After = &page[len(page)-1]
	}
}

// testMentions follows an entity's mentions through all that may happen to spans.
func testMentions(t testing.TB, open func(testing.TB) Harness) {
	w := newWorld(t, open)
	bob := annotate.Entity{ID: w.newID(), Kind: "person", Name: "Bob"}
	w.apply(annotate.Create(bob))
	named := map[id]string{w.ada.ID: "ada", bob.ID: "bob"}
	long := strings.Repeat("né ", 30)
	items := []annotate.ImportArticle{w.item("a", "😀 Ada said. Ada."), w.item("b", long+"Ada"+long)}
	linked := func(set id, start, end int, to annotate.Entity) annotate.Span {
		s := w.span(set, w.actor, start, end)
		s.Entity = to.ID
		return s
	}
	set := w.set(items[1].Article.ID, w.ana)
	items[1].Sets = []annotate.SetData{{Set: set, Annotator: w.ana, Spans: []annotate.Span{linked(set.ID, 90, 93, w.ada)}}}
	w.imports(items...)
	bens, anas := w.set(items[0].Article.ID, w.ben), w.set(items[0].Article.ID, w.ana)
	last, first, other := linked(bens.ID, 12, 15, w.ada), linked(bens.ID, 2, 5, w.ada), linked(anas.ID, 2, 5, bob)
	inner := linked(anas.ID, 12, 15, w.ada)
	inner.Fragments = annotate.Fragments{{Start: 2, End: 5}, {Start: 12, End: 15}}
	w.apply(annotate.Create(bens), annotate.Create(anas), annotate.Create(last), annotate.Create(first), annotate.Create(other),
		annotate.Create(inner), annotate.Create(w.span(anas.ID, w.quote, 2, 5)))

	const split, two, three = "a ana 😀 [Ada said. Ada].", "a ben 😀 [Ada] said. Ada.", "a ben 😀 Ada said. [Ada]."
	four := "b ana " + long[len(long)-4*20:] + "[Ada]" + long[:4*20]
	all := strings.Join([]string{split, two, three, four}, "; ")
	same(w, "uses", "[ada:4 bob:1]", w.uses(named))
	for _, limit := range []int{0, 1, 2, 3, 4, 5} {
		same(w, fmt.Sprint("pages of ", limit), all, w.mentions(w.ada.ID, limit))
	}
	same(w, "of nothing", "", w.mentions("", 0))
	same(w, "of another", "a ana 😀 [Ada] said. Ada.", w.mentions(bob.ID, 3))

	w.apply(annotate.Delete(last))
	unlinked := other
	unlinked.Entity = ""
	w.apply(annotate.Update(other, unlinked))
	w.refuse(annotate.ErrInvalid, annotate.Delete(w.ada))
	w.apply(annotate.Delete(bob))
	same(w, "after changes", "[ada:3]", w.uses(named))
	live := annotate.ArticleState{ID: items[0].Article.ID, Presence: annotate.Live}
	binned := annotate.ArticleState{ID: items[0].Article.ID, Presence: annotate.Deleted}
	w.apply(annotate.Update(live, binned))
	same(w, "an article in the bin", four, w.mentions(w.ada.ID, 0))
	same(w, "uses", "[ada:1]", w.uses(named))
	w.apply(annotate.Update(binned, live))
	w.apply(annotate.Delete(first), annotate.Delete(inner), annotate.Delete(unlinked))
	w.notMentioned(named)
}

// notMentioned undoes an import and stages another: neither is seen.
func (w *world) notMentioned(named map[id]string) {
	w.Helper()
	im := w.begin()
	staged := w.item("c", "Ada")
	set := w.set(staged.Article.ID, w.ana)
	s := w.span(set.ID, w.actor, 0, 3)
	s.Entity = w.ada.ID
	staged.Sets = []annotate.SetData{{Set: set, Annotator: w.ana, Spans: []annotate.Span{s}}}
	w.must(im.Add(ctx, []annotate.ImportArticle{staged}))
	same(w, "staged", "[ada:1]", w.uses(named))
	same(w, "staged", 1, strings.Count(w.mentions(w.ada.ID, 0), "["))
	second := w.commit(im)
	same(w, "imported", "[ada:2]", w.uses(named))
	same(w, "imported", 2, strings.Count(w.mentions(w.ada.ID, 0), "["))
	_, err := w.Apply(ctx, w.undo(second))
	w.must(err)
	same(w, "undone", "[ada:1]", w.uses(named))
	same(w, "undone", 1, strings.Count(w.mentions(w.ada.ID, 0), "["))
	w.clean()
}

// compareMentions compares how entities are used.
func (m *machine) compareMentions(r *rapid.T) {
	entities, err := m.model.Entities(ctx)
	if err != nil {
		r.Fatal(err)
	}
	said := func(s annotate.Store) string {
		uses, err := s.EntityUses(ctx)
		if err != nil {
			r.Fatal(err)
		}
		lines := []string{fmt.Sprint(uses)}
		for i, e := range entities {
			found, err := s.Mentions(ctx, annotate.MentionQuery{Entity: e.ID, Bin: i%2 == 0})
			if err != nil {
				r.Fatal(err)
			}
			for _, f := range found {
				lines = append(lines, fmt.Sprintf("%s %s %+v %q %q %q", f.Article.Ref, f.Annotator.Name, f.Span, f.Before, f.Words, f.After))
			}
		}
		return strings.Join(lines, "\n")
	}
	if want, got := said(m.model), said(m.real); want != got {
		r.Fatalf("mentions differ\nwant %s\ngot  %s", want, got)
	}
}
