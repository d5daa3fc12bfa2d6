package labelstudio

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/jsonobject"
)

func init() {
	format.Register(&format.Format{
		Name:        "labelstudio",
		Title:       "Label Studio (JSON tasks)",
		Description: "Tasks with annotations and predictions, and the labeling configuration for them. Reads JSON and JSON-MIN exports.",
		Extensions:  []string{".json"},
		ExtensionFor: func(s format.Settings) string {
			if s["part"] == "config" {
				return ".xml"
			}
			return ".json"
		},
		Folder:   true,
		AsFile:   asFile,
		Training: true,
		Several:  true,
		Splits:   true,
		Oracles:  []string{"label-studio-sdk (97fcff1)"},
		Options: []format.Option{
			{
				Key: "part", Values: []string{"all", "config"}, Default: "all", For: format.ForExport,
				Help: "config: only the labeling configuration, as one XML file",
			},
			format.UnitOption("article"),
			{Key: "text-column", For: format.ForImport, Help: "the key of the data that holds the text; default: what the configuration shows, else text"},
			{
				Key: "predictions", Values: []string{"yes", "no"}, Default: "yes", For: format.ForImport,
				Help: "yes: predictions are the work of an annotator called like the model",
			},
		},
		CannotHold: []string{
			"kinds of annotators", "ids of spans that end like X#2",
			"schema details but labels, colours, keys, attributes and their values",
		},
		Detect: detect, Read: joined, Fit: fit, FitProject: fitProject, Write: newWriter, ReadBack: readBack,
	})
}

// asFile: one file if the name ends as one, or if only the configuration is wanted.
func asFile(out string, s format.Settings) bool {
	ext := strings.ToLower(filepath.Ext(out))
	return out == "" || ext == ".json" || s["part"] == "config"
}

// The files of a folder.
const (
	tasksFile  = "tasks.json"
	configFile = "config.xml"
)

// configNames are what configurations are called in the field.
var configNames = []string{configFile, "label_config.xml", "labeling_config.xml"}

func isConfig(name string) bool { return slices.Contains(configNames, path.Base(name)) }

// detect judges by the tasks' keys.
func detect(s format.Sample) int {
	if s.Dir {
		if slices.ContainsFunc(s.Files, isConfig) && slices.ContainsFunc(s.Files, func(f string) bool { return path.Ext(f) == ".json" }) {
			return 90
		}
		return 0
	}
	sure := 0
	for _, o := range jsonobject.Sample(s, 20) {
		switch raw, ok := o.Peek("data"); {
		case ok && raw[0] == '{' && (o.Has("annotations") || o.Has("predictions") || o.Has("completions")):
			return 95
		case !ok && minColumn(o) != "":
			sure = 92
		}
	}
	if sure > 0 || s.Whole {
		return sure
	}
	// The first task may be longer than the sample.
	head := strings.TrimSpace(s.Head)
	first := head[:min(len(head), 2000)]
	if strings.HasPrefix(head, "[") && (strings.Contains(first, `"annotations"`) || strings.Contains(first, `"completions"`)) && strings.Contains(head, `"from_name"`) {
		return 93
	}
	return 0
}

// minColumn is the key of a JSON-MIN row that has its regions, "" if there is none.
func minColumn(o *jsonobject.Object) string {
	for _, key := range o.Keys() {
		raw, _ := o.Peek(key)
		if raw == "" || raw[0] != '[' {
			continue
		}
		for first := range format.JSONElements(raw) {
			if first[0] != '{' {
				break
			}
			if r := jsonobject.Parse(first, format.Place{}, ""); r.Has("start") && r.Has("end") && (r.Has("labels") || r.Has("hypertextlabels")) {
				return key
			}
			break
		}
	}
	return ""
}
