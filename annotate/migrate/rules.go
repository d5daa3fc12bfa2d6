package migrate

import (
	"fmt"
	"slices"
	"strings"

	"lede/annotate"
	"lede/annotate/rules"
)

// DeleteRule deletes a rule.
type DeleteRule struct{ Rule annotate.ID }

func (s DeleteRule) compile(p *planner, e *effect) error {
	r := at(p.schema.Rules, s.Rule)
	if r == nil {
		return gone("rule")
	}
	e.title = "Delete " + called("rule", r.Name, "")
	e.tell = func(*effect) []string { return []string{e.title + "."} }
	p.schema.Rules = without(p.schema.Rules, s.Rule)
	return nil
}

// rewrite lets rules name things as they are called now; those about which nothing
// is left go, and e says so.
func (e *effect) rewrite(concerns func(annotate.Rule) bool, n rules.Renames) {
	var all []annotate.Rule
	for _, r := range e.p.schema.Rules {
		if concerns(r) {
			plain, _ := rules.Rewrite(r, rules.Renames{})
			now, ok := rules.Rewrite(r, n)
			if !ok {
				e.rules = append(e.rules, ruleName(r))
				continue
			}
			if now.Value != plain.Value { // else it stays as it was written
				r = now
			}
		}
		all = append(all, r)
	}
	e.p.schema.Rules = all
	e.p.rulesOnce()
}

func everyRule(annotate.Rule) bool { return true }

// rulesOf are the rules that mean an attribute, as it is now, by its name: those of
// its labels, and those of all labels if no other attribute is called so.
func (p *planner) rulesOf(a annotate.Attribute) func(annotate.Rule) bool {
	alone := !slices.ContainsFunc(p.schema.Attributes, func(o annotate.Attribute) bool {
		return o.ID != a.ID && o.Scope == a.Scope && o.Name == a.Name
	})
	return func(r annotate.Rule) bool {
		if a.Scope != annotate.SpanScope {
			return false
		}
		return alone || slices.Contains(a.Labels, r.Label)
	}
}

// toldRules says which rules went.
func (e *effect) toldRules() []string {
	if len(e.rules) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%s %s %s as well: what %s about is gone.", verb(len(e.rules), "Rule", "Rules"),
		strings.Join(e.rules, ", "), verb(len(e.rules), "goes", "go"), verb(len(e.rules), "it is", "they are"))}
}

func ruleName(r annotate.Rule) string { return "“" + strings.TrimSpace(r.Name+" "+r.Value) + "”" }

// rulesOnce removes rules that became the same as another.
func (p *planner) rulesOnce() {
	var all []annotate.Rule
	for _, r := range p.schema.Rules {
		if !slices.ContainsFunc(all, func(o annotate.Rule) bool { return o.Name == r.Name && o.Label == r.Label && o.Value == r.Value }) {
			all = append(all, r)
		}
	}
	p.schema.Rules = all
}

// likeLabelInRules names a label in rules beside another one.
func (p *planner) likeLabelInRules(old, made string) {
	for i, r := range p.schema.Rules {
		kind, known := rules.KindOf(r.Name)
		v, err := rules.Parse(r.Name, r.Value)
		if known && err == nil && kind.Shape == rules.Labels && slices.Contains(v.Names, old) {
			v.Names = append(v.Names, made)
			p.schema.Rules[i].Value = v.String(kind)
		}
	}
}

// keepChoices takes values out of rules that are no choices of an attribute which has
// a list now.
func (e *effect) keepChoices(a annotate.Attribute) {
	gone := map[string]string{}
	for _, r := range e.p.schema.Rules {
		v, err := rules.Parse(r.Name, r.Value)
		if err != nil {
			continue
		}
		conditions := v.Where
		if len(v.Values) > 0 {
			conditions = append(conditions, rules.Condition{Attribute: v.Names[0], Values: v.Values})
		}
		for _, c := range conditions {
			for _, value := range c.Values {
				if c.Attribute == a.Name && choice(&a, value) == nil {
					gone[value] = ""
				}
			}
		}
	}
	e.rewrite(e.p.rulesOf(a), rules.Renames{Values: map[string]map[string]string{a.Name: gone}})
}
