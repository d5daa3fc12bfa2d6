package migrate

import (
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/rules"
	"lede/annotate/schema"
)

// RenameRelation gives a relation type another name, which is one row.
type RenameRelation struct {
	Type annotate.ID
	Name string
}

func (s RenameRelation) compile(p *planner, e *effect) error {
	t, err := p.relationType(s.Type)
	if err != nil {
		return err
	}
	old := t.Name
	if t.Title == schema.TitleOf(old) || t.Title == "" {
		t.Title = schema.TitleOf(s.Name)
	}
	t.Name = s.Name
	e.rewrite(everyRule, rules.Renames{Relations: map[string]string{old: s.Name}})
	e.title = fmt.Sprintf("Rename relation “%s” to “%s”", old, s.Name)
	e.tell = func(*effect) []string {
		return []string{fmt.Sprintf("Relation “%s” is called “%s”. The relations themselves stay as they are.", old, s.Name)}
	}
	return nil
}

// MergeRelations makes relations of some types ones of another and deletes these
// types. It may then lead between the labels of all. Two relations of one type
// between the same spans become one.
type MergeRelations struct {
	From []annotate.ID
	Into annotate.ID
}

func (s MergeRelations) compile(p *planner, e *effect) error {
	into, err := p.relationType(s.Into)
	if err != nil {
		return err
	}
	target := *into
	var names []string
	for _, from := range s.From {
		t, err := p.relationType(from)
		if err != nil {
			return err
		}
		if from == s.Into {
			return refuse("Choose another one.", "A relation cannot be merged into itself.")
		}
		target.From, target.To = both(target.From, t.From), both(target.To, t.To)
		names = append(names, "“"+t.Name+"”")
	}
	*into = target
	for _, from := range s.From {
		e.replaceType(from, s.Into)
	}
	e.moveRelations(s.From, s.Into)
	e.title = fmt.Sprintf("Merge relation %s into “%s”", strings.Join(names, ", "), target.Name)
	e.tell = func(e *effect) []string {
		return []string{fmt.Sprintf("%s of %s, in %s, %s “%s”.", count(e.relations, "relation"), strings.Join(names, ", "),
			count(e.articles, "article"), verb(e.relations, "becomes", "become"), target.Name)}
	}
	return nil
}

// both is where two relation types may lead; none is everywhere.
func both(a, b []id) []id {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	all := slices.Clone(a)
	for _, i := range b {
		if !slices.Contains(all, i) {
			all = append(all, i)
		}
	}
	return all
}

func (e *effect) moveRelations(from []annotate.ID, into annotate.ID) {
	from = slices.Clone(from)
	e.relation = func(r *annotate.Relation) bool {
		if slices.Contains(from, r.Type) {
			r.Type = into
			e.touch(&e.relations)
		}
		return true
	}
}

// replaceType deletes a relation type for which another one stands from now on.
func (e *effect) replaceType(old, by id) {
	p := e.p
	was, _ := p.relationType(old)
	is, _ := p.relationType(by)
	e.rewrite(everyRule, rules.Renames{Relations: map[string]string{was.Name: is.Name}})
	p.schema.RelationTypes = without(p.schema.RelationTypes, old)
	p.replaceInAttributes(old, by, func(s annotate.Scope) bool { return s == annotate.RelationScope })
}

// DeleteRelation deletes a relation type and its relations, or makes them ones of
// the type To.
type DeleteRelation struct {
	Type annotate.ID
	To   annotate.ID // "" = they are deleted
}

func (s DeleteRelation) compile(p *planner, e *effect) error {
	t, err := p.relationType(s.Type)
	if err != nil {
		return err
	}
	name := t.Name
	e.title = "Delete relation “" + name + "”"
	if s.To != "" {
		to, err := p.relationType(s.To)
		if err != nil {
			return err
		}
		if s.To == s.Type {
			return refuse("Choose another one.", "Relations of a type that is deleted cannot stay with it.")
		}
		target := to.Name
		e.replaceType(s.Type, s.To)
		e.moveRelations([]id{s.Type}, s.To)
		e.tell = func(e *effect) []string {
			return []string{fmt.Sprintf("Relation “%s” is deleted; its %s, in %s, %s “%s”.", name, count(e.relations, "relation"),
				count(e.articles, "article"), verb(e.relations, "becomes", "become"), target)}
		}
		return nil
	}
	p.schema.RelationTypes = without(p.schema.RelationTypes, s.Type)
	e.rewrite(everyRule, rules.Renames{Relations: map[string]string{name: ""}})
	went := e.dropFromAttributes(s.Type, func(s annotate.Scope) bool { return s == annotate.RelationScope })
	e.relation = func(r *annotate.Relation) bool { return r.Type != s.Type }
	e.tell = func(e *effect) []string {
		said := fmt.Sprintf("Relation “%s” is deleted", name)
		if e.goneRelations > 0 {
			said += fmt.Sprintf(" with its %s in %s", count(e.goneRelations, "relation"), count(e.articles, "article"))
		}
		if len(went) > 0 {
			said += "; " + strings.Join(went, ", ") + " " + verb(len(went), "goes", "go") + " as well"
		}
		return []string{said + "."}
	}
	return nil
}
