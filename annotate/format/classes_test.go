package format_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"lede/annotate"
	"lede/annotate/format"
)

func TestClassesThereAndBack(t *testing.T) {
	schema := &annotate.Schema{Attributes: []annotate.Attribute{
		{Name: "relevant", Type: annotate.BooleanValue},
		{Name: "genre", Type: annotate.OneOf},
		{Name: "topics", Type: annotate.ManyOf},
		{Name: "score", Type: annotate.NumberValue},
	}}
	for _, c := range []struct {
		fields  string
		classes []string
	}{
		{`{}`, nil},
		{`{"genre":"news & <views>","relevant":true}`, []string{"relevant", "genre=news & <views>"}},
		{`{"topics":["a","b=c"],"score":1.50,"other":"x"}`, []string{"topics=a", "topics=b=c", "score=1.50", "other=x"}},
		{`{"topics":["a"]}`, []string{"topics=a"}},
		{`{"class":["x","y"]}`, []string{"class=x", "class=y"}},
	} {
		var fields annotate.Values
		if err := json.Unmarshal([]byte(c.fields), &fields); err != nil {
			t.Fatal(err)
		}
		got := format.ClassesOf(fields, schema)
		if !slices.Equal(got, c.classes) {
			t.Errorf("%s: %q, want %q", c.fields, got, c.classes)
		}
		if back := format.FieldsOf(got, schema); !reflect.DeepEqual(back, fields) && len(back)+len(fields) > 0 {
			t.Errorf("%s comes back as %s", c.fields, back)
		}
	}
	if got := format.FieldsOf([]string{"positive", "=", "sport"}, nil); string(got["class"]) != `["positive","=","sport"]` {
		t.Errorf("bare classes: %s", got)
	}
	if got := format.ClassesOf(annotate.Values{"relevant": json.RawMessage("false")}, schema); got != nil {
		t.Errorf("a box that is not ticked: %q", got)
	}
}
