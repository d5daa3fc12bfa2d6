package features

import "lede/annotate/format"

// LoseProject tells of what lies in no article and has no place in features: the
// schema, and what entities have beside id, kind and name.
func LoseProject(job *format.Job) {
	s := job.Schema
	job.Lose("schema", "details of the schema (titles, colours, keys, guidelines, definitions of attributes, rules)",
		len(s.Labels)+len(s.Attributes)+len(s.RelationTypes)+len(s.Rules), "")
	for _, e := range job.Entities {
		job.Lose("entities", "attributes of entities", len(e.Attributes), e.Name)
		job.Lose("entities", "other names of entities", len(e.Aliases), e.Name)
	}
}
