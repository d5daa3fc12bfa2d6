package schema_test

import (
	"strings"
	"testing"

	"lede/annotate/schema"
)

const ruled = `labels: [actor, event, quote]
relations: [speaker, recipient]
attributes:
  - {name: type, scope: span, labels: [event], type: one_of, choices: [AID, PROTEST]}
  - {name: dead, scope: span, labels: [event], type: number}
  - {name: date, scope: document, type: date}
rules:
  - `

func TestRulesAreRefusedWithLineAndReason(t *testing.T) {
	for _, c := range []struct{ rule, reason string }{
		{"{name: max_word, value: 3}", `there is no rule "max_word"; do you mean "max_words"?`},
		{"{name: zzz}", `there is no rule "zzz"; there are max_words, min_words,`},
		{"{name: required}", `"required" is checked always, so it needs no rule; “name: off, value: required” switches it off`},
		{"{name: max_words, value: three}", `rule "max_words" needs a number from 1, and its value is "three"`},
		{"{name: max_words, value: \"0\"}", `needs a number from 1`},
		{"{name: one_fragment, value: 2}", `rule "one_fragment" takes no value, but "2" is given`},
		{"{name: overlap, value: nests}", `rule "overlap": the value "nests" is none of its values; do you mean "nest"?`},
		{"{name: off, value: choise}", `do you mean "choice"?`},
		{"{name: off, value: choice where type=AID}", `rule "off" takes no “where”`},
		{"{name: inside, label: actor}", `rule "inside" needs the name of a label as its value`},
		{"{name: inside, label: actor, value: qoute}", `rule "inside" names the label "qoute", which is not in this file; do you mean “quote”?`},
		{"{name: max_words, label: actr, value: 3}", `rule "max_words" is for the label "actr", which is not in this file; do you mean “actor”?`},
		{"{name: needs_relation, value: speakr}", `names the relation "speakr", which is not in this file; do you mean “speaker”?`},
		{"{name: different_ends, value: speaker}", `rule "different_ends" needs the names of two of them`},
		{"{name: ordered, label: event, value: \"dead,date,type\"}", `rule "ordered" needs the names of two of them`},
		{"{name: ordered, label: event, value: \"dead,date\"}", `names the attribute "date", which is not in this file`},
		{"{name: needs_attribute, label: actor, value: type}", `names the attribute "type", which its spans do not have`},
		{"{name: needs_attribute, label: event, value: typ}", `which its spans do not have; do you mean “type”?`},
		{"{name: needs_attribute, label: event, value: type=}", `rule "needs_attribute" needs an attribute, like “mode” or “mode=riot,strike”, and its value is "type="`},
		{"{name: needs_relation, label: event, value: recipient where type=AYD}", `"AYD" is no choice of "type"; do you mean “AID”?`},
		{"{name: needs_relation, label: event, value: recipient where =AID}", `after “where” comes an attribute with values`},
		{"{name: no_outer_blank}\n  - {name: no_outer_blank}", `rule "no_outer_blank" is there twice`},
	} {
		_, err := schema.Parse("s.yaml", []byte(ruled+c.rule+"\n"))
		line := 8 + strings.Count(c.rule, "\n")
		if err == nil || !strings.HasPrefix(err.Error(), "s.yaml:"+string(rune('0'+line))+": ") || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s\n\tgot  %v\n\twant s.yaml:%d: …%s", c.rule, err, line, c.reason)
		}
	}
}

func TestRulesThatAreFine(t *testing.T) {
	for _, rule := range []string{
		"{name: max_words, label: event, value: 3}", "{name: no_outer_blank}", "{name: overlap, value: nest, label: actor}",
		"{name: needs_relation, label: event, value: \"recipient where type=AID,PROTEST and dead\"}",
		"{name: needs_attribute, label: event, value: dead=1}", "{name: has_quotes, label: quote}",
		"{name: max_words, label: event, value: 3 where type=AID}", "{name: off, value: required, label: event}",
		"{name: different_ends, value: \"speaker, recipient\"}", "{name: inside, label: actor, value: \"event,quote\"}",
		"{name: ordered, label: event, value: \"dead,type\"}",
	} {
		if _, err := schema.Parse("s.yaml", []byte(ruled+rule+"\n")); err != nil {
			t.Errorf("%s: %v", rule, err)
		}
	}
}
