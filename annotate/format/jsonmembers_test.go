package format_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"lede/annotate/format"
)

func TestJSONMembers(t *testing.T) {
	for _, c := range []struct{ content, want string }{
		{`{}`, ""},
		{" {\"a\": 1, \"list\" : [ {\"x\":[1]} , 2,\n[] ], \"b\":{\"list\":[1,2]}}\n", `a=1@1 list={"x":[1]}@1 list=2@1 list=[]@2 b={"list":[1,2]}@2`},
		{`{"list":7,"":null}`, "list=7@1 =null@1"},
		{`{"list":[]}`, ""},
		{`[1]`, `!an object was expected, not "["`},
		{``, "!never ends"},
		{`{"a":1`, "a=1@1 !never ends"},
		{`{"list":[1`, "list=1@1 !never ends"},
		{`{"list":[1,]}`, "list=1@1 !behind the comma"},
		{`{"list":[1 2]}`, `list=1@1 !a comma was expected, not "2"`},
		{`{"a" 1}`, "!a colon was expected"},
		{`{a:1}`, "!a name in quotes was expected"},
		{`{"a":tru}`, "!no JSON"},
		{`{"a":1,}`, `a=1@1 !a name in quotes was expected, not "}"`},
		{`{"a":1}{}`, "a=1@1 !follows"},
		{`{"a":"\ud800"}`, "!half of a surrogate pair"},
	} {
		path := write(t, t.TempDir(), "a.json", c.content)
		var got []string
		for name, item := range (format.Source{Path: path, Name: filepath.Base(path)}).JSONMembers("list") {
			if item.Err != nil {
				got = append(got, "!"+item.Err.Error())
				continue
			}
			got = append(got, fmt.Sprintf("%s=%s@%d", name, item.Raw, item.Place.Line))
		}
		have := strings.Join(got, " ")
		ok := have == c.want
		if before, detail, bad := strings.Cut(c.want, "!"); bad {
			ok = strings.HasPrefix(have, before+"!import a.json:") && strings.Contains(have[len(before):], detail)
		}
		if !ok {
			t.Errorf("%s\n got  %s\n want %s", c.content, have, c.want)
		}
	}
}

func TestJSONMembersStopsWhenNobodyListens(t *testing.T) {
	path := write(t, t.TempDir(), "a.json", `{"list":[1,2,3],"x":oops}`)
	n := 0
	for range (format.Source{Path: path, Name: "a.json"}).JSONMembers("list") {
		if n++; n == 2 {
			break
		}
	}
	if n != 2 {
		t.Errorf("%d items", n)
	}
}
