package lede

import (
	"slices"

	"lede/annotate"
	"lede/annotate/format"
)

// The files in the archive, in the order in which they are written and read.
const (
	projectFile  = "project.json"
	entitiesFile = "entities.jsonl"
	articlesFile = "articles.jsonl"
)

// kind and version stand at the beginning of project.json.
const (
	kind    = "lede project"
	version = 1
)

// extension tells the format from other zip files, and from projects (.lede).
const extension = ".lede.zip"

func init() {
	format.Register(&format.Format{
		Name:        "lede",
		Title:       "Lede project, zipped",
		Description: "A whole project as JSON in a zip file: schema, annotators, entities, articles and all annotations, to be read into a new project or merged into one.",
		Extensions:  []string{extension, ".zip"},
		Several:     true,
		CannotHold:  []string{"the history of changes", "articles in the bin"},
		Detect:      detect, Read: read, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
	})
}

func detect(s format.Sample) int {
	if slices.Contains(s.Entries, projectFile) && slices.Contains(s.Entries, articlesFile) {
		return 100
	}
	if s.Ext == ".zip" && !s.Dir && len(s.Entries) == 0 {
		return 20 // a damaged one: reading will say so
	}
	return 0
}

func fitProject(job *format.Job) {
	job.Lose("history", "changes of the history", int(job.Changes), "")
	job.Lose("bin", "articles in the bin", job.Binned, "")
}

// ofSchema are the kinds of records in project.json, in their order there.
var ofSchema = []annotate.Kind{
	annotate.KindLabel, annotate.KindAttribute, annotate.KindRelationType, annotate.KindRule, annotate.KindAnnotator,
}

// keys are the keys of project.json by kind.
var keys = map[annotate.Kind]string{
	annotate.KindLabel: "labels", annotate.KindAttribute: "attributes", annotate.KindRelationType: "relation_types",
	annotate.KindRule: "rules", annotate.KindAnnotator: "annotators",
}
