package entity

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"lede/annotate"
)

var listSchema = &annotate.Schema{
	Labels: []annotate.Label{{ID: "a", Name: "actor", Entity: "actor"}, {ID: "p", Name: "place", Entity: "place"}},
	Attributes: []annotate.Attribute{
		{ID: "1", Scope: annotate.EntityScope, Name: "country", Type: annotate.TextValue},
		{ID: "2", Scope: annotate.EntityScope, Name: "sector", Type: annotate.ManyOf},
		{ID: "3", Scope: annotate.EntityScope, Name: "population", Type: annotate.NumberValue, Labels: []annotate.ID{"p"}},
		{ID: "4", Scope: annotate.EntityScope, Name: "capital", Type: annotate.BooleanValue, Labels: []annotate.ID{"p"}},
		{ID: "5", Scope: annotate.SpanScope, Name: "mode", Type: annotate.TextValue},
		{ID: "6", Scope: annotate.EntityScope, Name: "kind", Type: annotate.OneOf, Labels: []annotate.ID{"a"}},
	},
}

func counting() func() annotate.ID {
	n := 0
	return func() annotate.ID {
		n++
		return annotate.ID(fmt.Sprint("new", n))
	}
}

// take reads a list and takes it into a project; the result is the project.
func take(project []annotate.Entity, list, kind string) (*Plan, string, error) {
	l, err := ReadList(strings.NewReader(list), "list.csv")
	if err != nil {
		return nil, "", err
	}
	plan, err := Take(l, project, listSchema, kind, counting())
	if err != nil {
		return nil, "", err
	}
	x := NewIndex(project, nil)
	x.Apply(annotate.Change{Ops: plan.Ops})
	var out bytes.Buffer
	var all []annotate.Entity
	for _, m := range x.Search(Query{ByName: true}) {
		all = append(all, m.Entity)
	}
	err = WriteList(&out, all, listSchema)
	return plan, out.String(), err
}

func TestTakingAListIn(t *testing.T) {
	project := []annotate.Entity{
		{ID: "1", Kind: "place", Name: "Varno", Aliases: []string{"Warno"}, Attributes: annotate.Values{"geonames": annotate.StringValue("77")}},
		{ID: "2", Kind: "actor", Name: "Ilse Brandvik"},
	}
	plan, got, err := take(project, "\ufeff"+`name;Kind;aliases;country;population;capital;lat;sector;id;geonames
Varno;place;Varna|Warno;NOR;12000;yes;59.5;;;
Varno;place;;;5;;;;;78
"Brandvik; Ilse";actor;;NOR;;;;GOV|LEG;2;
Port Authority;actor;A\|B;;;;;GOV;;
Lumen;place;;;many;perhaps;north;;;

Lumen;place;Lümen;;;;;;;
`, "")
	if err != nil {
		t.Fatal(err)
	}
	want := `id,kind,name,aliases,country,sector,population,capital,attribute:kind,geonames,lat
2,actor,Brandvik; Ilse,Ilse Brandvik,NOR,GOV|LEG,,,,,
new3,place,Lumen,Lümen,,,many,perhaps,,,north
new2,actor,Port Authority,A\|B,,GOV,,,,,
1,place,Varno,Warno|Varna,NOR,,12000,true,,77,59.5
new1,place,Varno,,,,5,,,78,
`
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if plan.Added != 3 || plan.Changed != 2 || plan.Same != 0 || len(plan.Ops) != 5 {
		t.Errorf("added %d, changed %d, same %d", plan.Added, plan.Changed, plan.Same)
	}
	if notes := strings.Join(plan.Notes, "\n"); notes != "the list has several lines for one entity, which were put together.\n"+
		"“capital” is to be true or false, and some cells are neither; they were kept as text.\n"+
		"“lat” is to be a number, and some cells hold none; they were kept as text.\n"+
		"“population” is to be a number, and some cells hold none; they were kept as text." {
		t.Errorf("notes:\n%s", notes)
	}
	if raw := string(plan.Ops[0].After.(annotate.Entity).Attributes["lat"]); raw != "59.5" {
		t.Errorf("a latitude is %s", raw)
	}
}

func TestWhomARowMeans(t *testing.T) {
	project := []annotate.Entity{
		{ID: "1", Kind: "place", Name: "Springfield", Attributes: annotate.Values{"geonames": annotate.StringValue("11")}},
		{ID: "2", Kind: "place", Name: "Springfield", Attributes: annotate.Values{"geonames": annotate.StringValue("22")}},
		{ID: "3", Kind: "actor", Name: "Smith"},
	}
	for _, c := range []struct {
		list, kind, want string // who is met, by id
	}{
		{"name,kind,geonames\nSpringfield,place,22\nOther,place,11", "", "2 1"},
		{"name,kind,geonames\nSpringfield,place,33\nSpringfield,place,44", "", "new1 new2"},
		{"name,kind\nSpringfield,place", "", "new1"},
		{"name\nSmith", "actor", "3"},
		{"name\nSmith", "place", "new1"},
		{"id,name\nq1,Smith\nq2,Smith", "actor", "3 q2"},
		{"id,name\nq1,Smith\n3,Jones", "actor", "q1 3"},
		{"id,name,country\n3,,NOR", "", "3"},
	} {
		lines := strings.Split(c.list, "\n")
		for i := range lines[1:] {
			lines[i+1] += ",new" // each row changes something
		}
		l, err := ReadList(strings.NewReader(lines[0]+",sign\n"+strings.Join(lines[1:], "\n")), "list.csv")
		if err != nil {
			t.Fatal(err)
		}
		plan, err := Take(l, project, listSchema, c.kind, counting())
		if err != nil {
			t.Errorf("%q: %v", c.list, err)
			continue
		}
		var met []string
		for _, op := range plan.Ops {
			met = append(met, string(op.ID))
		}
		if got := strings.Join(met, " "); got != c.want {
			t.Errorf("%q means %s, want %s", c.list, got, c.want)
		}
	}
}

func TestListsThatAreRefused(t *testing.T) {
	for list, want := range map[string]string{
		"":                                 "list.csv:1: it is empty",
		"id,kind\n1,actor":                 "list.csv:1: there is no column “name”",
		"name,kind,Name\n":                 `list.csv:1: the column "name" is there twice`,
		"name,kind\nA,actor\n,actor":       "list.csv:3: the entity has no name",
		"name\nA":                          `list.csv:2: "A" has no kind`,
		"name,kind\n\"a\nb\",actor\nx,y,z": "list.csv:4: there are 3 cells, and the header has 2",
		"name,kind\nA\"B\",actor":          "list.csv:2: ",
		"name,kind\nA,actor\nB\xff,actor":  "list.csv:3: byte 19 is no text in UTF-8",
		"id,name,kind\n77,,actor":          "list.csv:2: there is no entity 77",
	} {
		_, _, err := take(nil, list, "")
		var told *annotate.Error
		if err == nil || !errors.As(err, &told) || !strings.HasPrefix(told.Subject+": "+told.Detail, want) || told.Hint == "" {
			t.Errorf("%q: %v, want %s", list, err, want)
		}
	}
}

// TestListsComeBack: a list that was written and is taken in again changes nothing,
// and makes the same entities in another project.
func TestListsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-c|,;"\\ é北]{0,5}x[a-c|,;"\\ é北\n]{0,5}[a-c|\\]`)
		var project []annotate.Entity
		for i := range rapid.IntRange(0, 5).Draw(t, "entities") {
			e := annotate.Entity{
				ID: annotate.ID(fmt.Sprint("e", i)), Kind: rapid.SampledFrom([]string{"actor", "place"}).Draw(t, "kind"), Name: oneLine(text.Draw(t, "name")),
			}
			for range rapid.IntRange(0, 2).Draw(t, "aliases") {
				if alias := oneLine(text.Draw(t, "alias")); alias != e.Name && !strings.Contains(fmt.Sprint(e.Aliases), alias) {
					e.Aliases = append(e.Aliases, alias)
				}
			}
			e.Attributes = annotate.Values{"country": annotate.StringValue(oneLine(text.Draw(t, "value"))), "zz": annotate.StringValue("7")}
			if rapid.Bool().Draw(t, "more") {
				e.Attributes["sector"] = json.RawMessage(`["GOV","a|b"]`)
			}
			if e.Kind == "actor" {
				e.Attributes["kind"] = annotate.StringValue("person")
			} else {
				e.Attributes["population"], e.Attributes["capital"] = json.RawMessage("1e3"), json.RawMessage("false")
			}
			project = append(project, e)
		}
		var out bytes.Buffer
		if err := WriteList(&out, project, listSchema); err != nil {
			t.Fatal(err)
		}
		list := out.String()
		plan, _, err := take(project, list, "")
		if err != nil || len(plan.Ops) != 0 || plan.Same != len(project) {
			t.Fatalf("%+v %v from\n%s", plan, err, list)
		}
		plan, _, err = take(nil, list, "")
		if err != nil || plan.Added != len(project) {
			t.Fatalf("%+v %v", plan, err)
		}
		for i, op := range plan.Ops {
			if !annotate.SameRecord(op.After, project[i]) {
				t.Fatalf("it made %+v of %+v", op.After, project[i])
			}
		}
	})
}

// BenchmarkList reads a list of 100,000 entities and works out what it does.
func BenchmarkList(b *testing.B) {
	all := manyEntities(100_000)
	var out bytes.Buffer
	if err := WriteList(&out, all, listSchema); err != nil {
		b.Fatal(err)
	}
	within(b, 2*time.Second, func(int) {
		l, err := ReadList(bytes.NewReader(out.Bytes()), "list.csv")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := Take(l, all[:50_000], listSchema, "", counting()); err != nil {
			b.Fatal(err)
		}
	}, 1)
}
