package cas_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lede/annotate/annotest"
	"lede/annotate/format"
	_ "lede/annotate/format/all"
)

var ctx = context.Background()

// files makes a folder with files and returns its path.
func files(t testing.TB, list map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range list {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// read lists what a format reads of a file or folder: a line for each article, set,
// span, relation, chain, field and thing left out.
func read(t testing.TB, name, path string, options map[string]string) ([]string, error) {
	t.Helper()
	f, err := format.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	s := format.Settings{}
	for _, o := range f.Options {
		if o.For == format.ForImport {
			s[o.Key] = o.Default
		}
	}
	maps.Copy(s, options)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	src := format.Source{Path: path, Name: filepath.Base(path), Rel: filepath.Base(path), Dir: info.IsDir()}
	var lines []string
	for a, err := range f.Read(ctx, src, s) {
		if err != nil {
			return lines, err
		}
		if !a.Aside() {
			lines = append(lines, fmt.Sprintf("article %s %q", a.Ref, a.Text))
		}
		for i := range a.Sets {
			lines = append(lines, setLines(&a.Sets[i])...)
		}
		for _, n := range a.LeftOutNotes() {
			lines = append(lines, fmt.Sprintf("left %d %s: %s (%s)", n.Count, n.Kind, n.What, n.Examples[0]))
		}
	}
	return lines, nil
}

func setLines(s *format.Set) []string {
	lines := []string{"set " + s.Annotator}
	for _, k := range slices.Sorted(maps.Keys(s.Fields)) {
		lines = append(lines, "field "+k+"="+string(s.Fields[k]))
	}
	called := map[string]string{}
	for _, x := range s.Spans {
		called[x.ID] = fmt.Sprintf("%s%v", x.Label, x.Fragments)
		line := "span " + called[x.ID]
		for _, k := range slices.Sorted(maps.Keys(x.Attributes)) {
			line += " " + k + "=" + string(x.Attributes[k])
		}
		if x.Entity != nil {
			line += " @" + x.Entity.ID + "/" + x.Entity.Name
		}
		lines = append(lines, line)
	}
	for _, r := range s.Relations {
		line := fmt.Sprintf("relation %s: %s -> %s", r.Type, called[r.From], called[r.To])
		for _, k := range slices.Sorted(maps.Keys(r.Attributes)) {
			line += " " + k + "=" + string(r.Attributes[k])
		}
		lines = append(lines, line)
	}
	for _, same := range s.Same {
		line := "same"
		for _, id := range same {
			line += " " + called[id]
		}
		lines = append(lines, line)
	}
	return lines
}

func want(t *testing.T, got []string, lines ...string) {
	t.Helper()
	if !slices.Equal(got, lines) {
		t.Errorf("read\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(lines, "\n  "))
	}
}

func refused(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one that says %q", parts)
	}
	for _, p := range parts {
		if !strings.Contains(err.Error(), p) {
			t.Errorf("%q does not say %q", err, p)
		}
	}
}

const types = `{"%TYPES":{
"custom.Link":{"%NAME":"custom.Link","%SUPER_TYPE":"uima.cas.TOP","role":{"%NAME":"role","%RANGE":"uima.cas.String"},"target":{"%NAME":"target","%RANGE":"uima.tcas.Annotation"}},
"custom.Event":{"%NAME":"custom.Event","%SUPER_TYPE":"uima.tcas.Annotation","kind":{"%NAME":"kind","%RANGE":"uima.cas.String"},"sure":{"%NAME":"sure","%RANGE":"uima.cas.Boolean"},"n":{"%NAME":"n","%RANGE":"uima.cas.Integer"},"mood":{"%NAME":"mood","%RANGE":"uima.cas.String"},"args":{"%NAME":"args","%RANGE":"custom.Link[]"},"tags":{"%NAME":"tags","%RANGE":"uima.cas.StringArray"}},
"de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token":{"%NAME":"de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token","%SUPER_TYPE":"uima.tcas.Annotation"},
"de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity":{"%NAME":"x","%SUPER_TYPE":"uima.tcas.Annotation","value":{"%NAME":"value","%RANGE":"uima.cas.String"},"identifier":{"%NAME":"identifier","%RANGE":"uima.cas.String"}},
"custom.Rel":{"%NAME":"custom.Rel","%SUPER_TYPE":"uima.tcas.Annotation","Governor":{"%NAME":"Governor","%RANGE":"custom.Event"},"Dependent":{"%NAME":"Dependent","%RANGE":"custom.Event"},"value":{"%NAME":"value","%RANGE":"uima.cas.String"},"how":{"%NAME":"how","%RANGE":"uima.cas.String"}},
"custom.CorefLink":{"%NAME":"custom.CorefLink","%SUPER_TYPE":"uima.tcas.Annotation","next":{"%NAME":"next","%RANGE":"custom.CorefLink"},"referenceType":{"%NAME":"referenceType","%RANGE":"uima.cas.String"},"referenceRelation":{"%NAME":"referenceRelation","%RANGE":"uima.cas.String"}},
"custom.CorefChain":{"%NAME":"custom.CorefChain","%SUPER_TYPE":"uima.cas.AnnotationBase","first":{"%NAME":"first","%RANGE":"custom.CorefLink"}},
"custom.Genre":{"%NAME":"custom.Genre","%SUPER_TYPE":"uima.cas.AnnotationBase","genre":{"%NAME":"genre","%RANGE":"uima.cas.String"}}
},
`

const structures = `"%FEATURE_STRUCTURES":[
{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"_InitialView","mimeType":"text","sofaString":"😀 Ana struck. She left."},
{"%ID":2,"%TYPE":"uima.tcas.DocumentAnnotation","@sofa":1,"begin":0,"end":23,"language":"en"},
{"%ID":3,"%TYPE":"de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token","@sofa":1,"begin":0,"end":2},
{"%ID":4,"%TYPE":"custom.Event","@sofa":1,"begin":7,"end":13,"kind":"ATTACK","sure":true,"n":3,"@args":5,"@tags":8},
{"%ID":5,"%TYPE":"custom.Link[]","%ELEMENTS":[6,7]},
{"%ID":6,"%TYPE":"custom.Link","role":"agent","@target":9},
{"%ID":7,"%TYPE":"custom.Link","@target":10},
{"%ID":8,"%TYPE":"uima.cas.StringArray","%ELEMENTS":["a","b"]},
{"%ID":9,"%TYPE":"de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity","@sofa":1,"begin":3,"end":6,"value":"PER","identifier":"http://kb/Ana"},
{"%ID":10,"%TYPE":"custom.Event","@sofa":1,"begin":19,"end":23},
{"%ID":11,"%TYPE":"custom.Rel","@sofa":1,"begin":19,"end":23,"@Governor":4,"@Dependent":10,"value":"before","how":"time"},
{"%ID":12,"%TYPE":"custom.CorefLink","@sofa":1,"begin":3,"end":6,"@next":13,"referenceType":"nam"},
{"%ID":13,"%TYPE":"custom.CorefLink","@sofa":1,"begin":15,"end":18,"@next":12},
{"%ID":14,"%TYPE":"custom.CorefChain","@sofa":1,"@first":12},
{"%ID":15,"%TYPE":"custom.Genre","@sofa":1,"genre":"news"},
{"%ID":16,"%TYPE":"custom.Event","@sofa":1,"begin":5,"end":5},
{"%ID":17,"%TYPE":"custom.Event","@sofa":1,"begin":0,"end":2},
{"%ID":18,"%TYPE":"custom.Rel","@sofa":1,"begin":5,"end":5,"@Governor":3,"@Dependent":4}
],"%VIEWS":{"_InitialView":{"%SOFA":1,"%MEMBERS":[2,3,4,9,10,11,12,13,14,15,16,18]}}}`

func TestLayersOfOthers(t *testing.T) {
	dir := files(t, map[string]string{"a.json": types + structures})
	got, err := read(t, "cas-json", filepath.Join(dir, "a.json"), nil)
	if err != nil {
		t.Fatal(err)
	}
	want(t, got,
		`article a "😀 Ana struck. She left."`,
		"set ",
		`field Genre="news"`,
		`span Event[{7 13}] kind="ATTACK" n=3 sure=true tags=["a","b"]`,
		`span PER[{3 6}] @http://kb/Ana/Ana`,
		`span Event[{19 23}]`,
		`span Coref[{3 6}] referenceType="nam"`,
		`span Coref[{15 18}]`,
		`relation before: Event[{7 13}] -> Event[{19 23}] how="time"`,
		`relation agent: Event[{7 13}] -> PER[{3 6}]`,
		`relation args: Event[{7 13}] -> Event[{19 23}]`,
		`same Coref[{3 6}] Coref[{15 18}]`,
		"left 1 unindexed: annotations that belong to no view: in UIMA they count as deleted (Event)",
		"left 1 layers: annotations that programs make of every text, as tokens, sentences and parts of speech (--opt layers=all takes them) (Token)",
		"left 1 empty: annotations of no text: they begin where they end (Event)",
		"left 1 relations: relations with an end that is missing or was left out (Rel)",
	)
}

func TestLabelAndLayerOptions(t *testing.T) {
	dir := files(t, map[string]string{"a.json": types + structures})
	for _, c := range []struct {
		options map[string]string
		spans   []string
	}{
		{map[string]string{"layers": "custom.Event"}, []string{"Event[{7 13}]", "Event[{19 23}]"}},
		{map[string]string{"layers": "Event, Token", "label": "feature:kind"}, []string{"Token[{0 2}]", "ATTACK[{7 13}]", "Event[{19 23}]"}},
		{map[string]string{"layers": "NamedEntity", "label": "layer"}, []string{"NamedEntity[{3 6}]"}},
	} {
		got, err := read(t, "cas-json", filepath.Join(dir, "a.json"), c.options)
		if err != nil {
			t.Fatal(err)
		}
		var spans []string
		for _, l := range got {
			if f := strings.TrimPrefix(l, "span "); f != l {
				spans = append(spans, f[:strings.Index(f, "]")+1])
			}
		}
		if !slices.Equal(spans, c.spans) {
			t.Errorf("%v: %q, want %q", c.options, spans, c.spans)
		}
	}
}

const typeSystem = `<?xml version="1.0" encoding="UTF-8"?>
<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>
<typeDescription><name>custom.Link</name><supertypeName>uima.cas.TOP</supertypeName><features>
<featureDescription><name>role</name><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>
<featureDescription><name>target</name><rangeTypeName>uima.tcas.Annotation</rangeTypeName></featureDescription></features></typeDescription>
<typeDescription><name>custom.Event</name><supertypeName>uima.tcas.Annotation</supertypeName><features>
<featureDescription><name>kind</name><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>
<featureDescription><name>mood</name><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>
<featureDescription><name>sure</name><rangeTypeName>uima.cas.Boolean</rangeTypeName></featureDescription>
<featureDescription><name>args</name><rangeTypeName>uima.cas.FSArray</rangeTypeName><elementType>custom.Link</elementType></featureDescription>
<featureDescription><name>tags</name><rangeTypeName>uima.cas.StringArray</rangeTypeName></featureDescription>
<featureDescription><name>nums</name><rangeTypeName>uima.cas.IntegerList</rangeTypeName></featureDescription>
<featureDescription><name>far</name><rangeTypeName>uima.cas.StringList</rangeTypeName><multipleReferencesAllowed>true</multipleReferencesAllowed></featureDescription>
</features></typeDescription></types></typeSystemDescription>`

const xmiHead = `<?xml version='1.1' encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:tcas="http:///uima/tcas.ecore" xmlns:c="http:///custom.ecore" xmlns:none="http:///uima/noNamespace.ecore" xmi:version="2.0">
<cas:NULL xmi:id="0"/>
`

const xmiBody = `<c:Event xmi:id="4" sofa="1" begin="7" end="13" kind="ATTACK" sure="true" args="6 7" nums="1 2" far="20"><tags>a&#10;b</tags><tags></tags></c:Event>
<c:Link xmi:id="6" role="agent" target="10"/>
<c:Link xmi:id="7" target="99"/>
<c:Event xmi:id="10" sofa="1" begin="19" end="23" sure="false"/>
<cas:NonEmptyStringList xmi:id="20" head="x" tail="21"/>
<cas:NonEmptyStringList xmi:id="21" head="y" tail="20"/>
<none:Odd xmi:id="22" sofa="1" begin="3" end="6" value="odd"/>
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="&#128512; Ana&#10;struck. She left."/>
<cas:Sofa xmi:id="2" sofaNum="2" sofaID="bob" mimeType="text" sofaString="&#128512; Ana&#10;struck. She left."/>
<cas:Sofa xmi:id="3" sofaNum="3" sofaID="picture" mimeType="image/png" sofaURI="file:x.png"/>
<c:Event xmi:id="30" sofa="2" begin="0" end="2" kind="SMILE"/>
<cas:View sofa="1" members="4 10 22"/><cas:View sofa="2" members="30"/><cas:View sofa="3" members=""/>
</xmi:XMI>`

func TestXMI(t *testing.T) {
	dir := files(t, map[string]string{"x/a.xmi": xmiHead + xmiBody, "TypeSystem.xml": typeSystem})
	got, err := read(t, "cas-xmi", dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	want(t, got,
		`article x/a "😀 Ana\nstruck. She left."`,
		"set ",
		`span Event[{7 13}] far=["x","y"] kind="ATTACK" nums=[1,2] sure=true tags=["a\nb",""]`,
		`span Event[{19 23}] sure=false`,
		`span odd[{3 6}]`,
		`relation agent: Event[{7 13}] -> Event[{19 23}]`,
		"set bob",
		`span Event[{0 2}] kind="SMILE"`,
		"left 1 references: references to structures that are not there (Event.args)",
		"left 1 typesystem: structures of types that no TypeSystem.xml beside the file defines: their yes/no values are texts (001/x/a.xmi)",
		"left 1 views: views without a text of their own (pictures, sounds, or texts that lie elsewhere) (001/x/a.xmi)",
	)
}

// Without a type system, references are told by their names, and slots by what they
// point at.
func TestXMIWithoutTypes(t *testing.T) {
	dir := files(t, map[string]string{"a.xmi": xmiHead + xmiBody})
	got, err := read(t, "cas-xmi", filepath.Join(dir, "a.xmi"), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		`span Event[{7 13}] far=20 kind="ATTACK" nums="1 2" sure="true" tags=["a\nb",""]`,
		`relation agent: Event[{7 13}] -> Event[{19 23}]`,
	} {
		if !slices.Contains(got, line) {
			t.Errorf("no %s in\n%s", line, strings.Join(got, "\n"))
		}
	}
}

func TestINCEpTIONsFolders(t *testing.T) {
	one := strings.Replace(types+structures, `"value":"PER"`, `"value":"LOC"`, 1)
	dir := files(t, map[string]string{
		"annotation/news 1.txt/ana.json":         types + structures,
		"annotation/news 1.txt/INITIAL_CAS.json": types + structures,
		"annotation/news 2.txt/INITIAL_CAS.json": types + `"%FEATURE_STRUCTURES":[{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaString":"x"}],"%VIEWS":{"_InitialView":{"%SOFA":1,"%MEMBERS":[]}}}`,
		"curation/news 1.txt/CURATION_USER.json": one,
		"source/news 1.txt":                      "x",
	})
	got, err := read(t, "cas-json", dir, map[string]string{"layers": "NamedEntity"})
	if err != nil {
		t.Fatal(err)
	}
	var short []string
	for _, l := range got {
		if !strings.HasPrefix(l, "left") || strings.Contains(l, "INITIAL") {
			short = append(short, strings.TrimSuffix(l, ` "😀 Ana struck. She left."`))
		}
	}
	short = slices.DeleteFunc(short, func(l string) bool { return strings.HasPrefix(l, "field") || strings.HasPrefix(l, "same") })
	want(t, short,
		"left 1 initial: analyses from before anybody worked on them (INITIAL_CAS), left out because somebody has (annotation/news 1.txt/INITIAL_CAS.json)",
		"article news 1", "set ana", "span PER[{3 6}] @http://kb/Ana/Ana",
		`article news 2 "x"`, "set ",
		"article news 1", "set gold", "span LOC[{3 6}] @http://kb/Ana/Ana",
	)
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name, content string
		says          []string
	}{
		{"a.json", `[]`, []string{"a.json", "no JSON object", "0.4"}},
		{"a.json", `{} {}`, []string{"a.json:1", "second value"}},
		{"a.json", `{"%TYPES":[]}`, []string{"%TYPES is no object"}},
		{"a.json", `{"%TYPES":{}}`, []string{"no feature structures"}},
		{"a.json", `{"%FEATURE_STRUCTURES":[{"%TYPE":"x"}]}`, []string{"no number"}},
		{"a.json", `{"%FEATURE_STRUCTURES":[{"%ID":1}]}`, []string{"structure 1 has no type"}},
		{"a.json", `{"%FEATURE_STRUCTURES":[{"%ID":1,"%TYPE":"a"},{"%ID":1,"%TYPE":"a"}]}`, []string{"two feature structures have the number 1"}},
		{"a.json", `{"%FEATURE_STRUCTURES":[],"%VIEWS":{"a":{"%SOFA":1}}}`, []string{"no view of this analysis has a text"}},
		{"a.json", `{"%FEATURE_STRUCTURES":[],"%VIEWS":[]}`, []string{"%VIEWS is no object"}},
		{"a.xmi", `<x/>`, []string{"a.xmi:1", "begins with <x>"}},
		{"a.xmi", ``, []string{"no element XMI"}},
		{"a.xmi", xmiHead + `<c:Event sofa="1"/></xmi:XMI>`, []string{"a.xmi:4", "has no number (xmi:id)"}},
		{"a.xmi", xmiHead + `<Event xmi:id="1"/></xmi:XMI>`, []string{"of no UIMA type"}},
		{"a.xmi", xmiHead + `<cas:View sofa="1" members="a"/></xmi:XMI>`, []string{`member "a"`}},
		{"a.xmi", xmiHead + `<c:Event xmi:id="1"`, []string{"no sound XML"}},
		{"a.xmi", xmiHead + `<c:Event xmi:id="1" x="&#1;"/></xmi:XMI>`, []string{"no sound XML", "illegal character"}},
		{"a.xmi", `<!DOCTYPE a [<!ENTITY b "c">]><x/>`, []string{"declares entities"}},
	} {
		name := map[string]string{".json": "cas-json", ".xmi": "cas-xmi"}[filepath.Ext(c.name)]
		_, err := read(t, name, filepath.Join(files(t, map[string]string{c.name: c.content}), c.name), nil)
		refused(t, err, c.says...)
	}
	_, err := read(t, "cas-xmi", files(t, map[string]string{"a.txt": "x"}), nil)
	refused(t, err, "holds no .xmi file")
	_, err = read(t, "cas-xmi", files(t, map[string]string{"a.xmi": xmiHead + xmiBody, "TypeSystem.xml": "<a/>"}), nil)
	refused(t, err, "TypeSystem.xml", "no description of a UIMA type system")
}

// Types that are their own parents and lists that bite their tails must end.
func TestCircles(t *testing.T) {
	dir := files(t, map[string]string{"a.json": `{"%TYPES":{"a":{"%SUPER_TYPE":"b","l":{"%RANGE":"uima.cas.FSList"}},"b":{"%SUPER_TYPE":"a"},"c":{"%SUPER_TYPE":"uima.tcas.Annotation"}},
"%FEATURE_STRUCTURES":[{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaString":"xyz","sofaID":"a"},{"%ID":2,"%TYPE":"a","@l":3,"@first":5},
{"%ID":3,"%TYPE":"uima.cas.NonEmptyFSList","@head":2,"@tail":4},{"%ID":4,"%TYPE":"uima.cas.NonEmptyFSList","@head":3,"@tail":3},
{"%ID":5,"%TYPE":"c","@sofa":1,"begin":0,"end":2,"@next":5,"@x":3,"@target":5}],"%VIEWS":{"a":{"%SOFA":1,"%MEMBERS":[2,3,4,5,5,77]}}}`})
	got, err := read(t, "cas-json", filepath.Join(dir, "a.json"), nil)
	if err != nil || len(got) == 0 {
		t.Fatal(got, err)
	}
}

func TestTypeSystemIsRead(t *testing.T) {
	dir := t.TempDir()
	store := annotest.NewMemory(annotest.NewEnv())
	lines := filepath.Join(files(t, map[string]string{"a.jsonl": `{"text":"One two.","annotator":"ana","status":"done","spans":[{"label":"a","start":0,"end":3,"attributes":{"my tag":"é","tags":["p"]}}]}`}), "a.jsonl")
	o := format.ImportOptions{Actor: "x", Env: annotest.NewEnvAt(annotest.Start, 1)}
	if _, err := format.Import(ctx, store, []string{lines}, o); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"cas-json", "cas-xmi"} {
		for _, layer := range []string{"custom", "named-entity"} {
			out := filepath.Join(dir, name+layer)
			_, err := format.Export(ctx, store, format.ExportOptions{Format: name, Out: out, Options: map[string]string{"layer": layer}})
			if err != nil {
				t.Fatal(err)
			}
			got, err := read(t, name, out, nil)
			if err != nil {
				t.Fatal(err)
			}
			line := `span a[{0 3}] my tag="é" tags=["p"]`
			if layer == "named-entity" {
				line = "span a[{0 3}]"
			}
			if !slices.Contains(got, line) {
				t.Errorf("%s %s: no %s in %q", name, layer, line, got)
			}
		}
	}
}
