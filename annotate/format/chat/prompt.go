package chat

import (
	"strings"

	"lede/annotate"
	"lede/annotate/format"
)

const instruction = `You mark up news articles. Find every passage of the article that one of the labels below describes. Answer with JSON alone: {"spans":[{"id":1,"label":"…","text":"…"}],"relations":[{"type":"…","from":1,"to":2}]}. "text" is the passage exactly as it stands in the article. If the same words occur in the article more than once, "occurrence" says which one is meant, counted from 1. Passages may overlap. Leave out "relations" if there are none.`

// prompt is the system prompt: the instruction, and what the schema says of labels,
// attributes and types of relations.
func prompt(job *format.Job) string {
	var b strings.Builder
	if own := job.Settings["instruction"]; own != "" {
		b.WriteString(own)
	} else {
		b.WriteString(instruction)
	}
	b.WriteString("\n\nLabels:\n")
	for _, l := range job.Schema.Labels {
		more := ""
		if job.Settings.Yes("guidelines") {
			more = l.Guideline
		}
		entry(&b, l.Name, l.Title, l.Description, more)
	}
	attributes(&b, job.Schema, annotate.SpanScope, "\nAttributes of passages (\"attributes\":{…}):\n")
	if len(job.Schema.RelationTypes) > 0 {
		b.WriteString("\nTypes of relations:\n")
		for _, t := range job.Schema.RelationTypes {
			entry(&b, t.Name, t.Title, t.Description, "")
		}
		attributes(&b, job.Schema, annotate.RelationScope, "\nAttributes of relations (\"attributes\":{…}):\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

func attributes(b *strings.Builder, schema *annotate.Schema, scope annotate.Scope, heading string) {
	first := true
	for _, a := range schema.Attributes {
		if a.Scope != scope {
			continue
		}
		if first {
			b.WriteString(heading)
			first = false
		}
		var choices []string
		for _, c := range a.Choices {
			choices = append(choices, c.Name)
		}
		entry(b, a.Name, a.Title, a.Description, strings.Join(choices, ", "))
	}
}

// entry is a line of the prompt: a name, and what is known of it.
func entry(b *strings.Builder, name string, parts ...string) {
	b.WriteString("- " + name)
	sep := ": "
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" && p != name {
			b.WriteString(sep + strings.ReplaceAll(p, "\n", " "))
			sep = ". "
		}
	}
	b.WriteByte('\n')
}
