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

	// Only where everything goes out.
	unseenFile  = "unseen.jsonl"
	historyFile = "history.jsonl"
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
		Description: "A whole project as JSON in a zip file: schema, annotators, entities, articles, all annotations, the bin and the history. Read into a new project it is the same project again; into another one it is merged.",
		Extensions:  []string{extension, ".zip"},
		Several:     true,
		Options:     options,
		Detect:      detect, Read: read, ReadWhole: readWhole, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
	})
}

var options = []format.Option{
	{
		Key: "history", Values: []string{"yes", "no"}, Default: "yes", For: format.ForExport,
		Help: "no leaves out the history of changes and the bin; with annotators, statuses, labels or articles chosen they always stay out",
	},
	{
		Key: "history", Values: []string{"yes", "no"}, Default: "yes", For: format.ForImport,
		Help: "no reads articles, schema and annotators alone, as one step that can be undone; into a project in which something was done it is always so",
	},
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
	if job.Whole == nil {
		job.Lose("history", "changes of the history", int(job.Changes), "")
		job.Lose("bin", "articles in the bin", job.Binned, "")
	}
}

// ofSchema are the kinds of records in project.json, in their order there.
var ofSchema = []annotate.Kind{
	annotate.KindLabel, annotate.KindAttribute, annotate.KindRelationType, annotate.KindRule, annotate.KindAnnotator,
}

// keys are the keys of project.json by kind.
var keys = map[annotate.Kind]string{
	annotate.KindImport: "imports",
	annotate.KindLabel:  "labels", annotate.KindAttribute: "attributes", annotate.KindRelationType: "relation_types",
	annotate.KindRule: "rules", annotate.KindAnnotator: "annotators",
}
