package format

import "lede/annotate/language"

// detect gives the articles of the batch their language whose files say nothing of it.
func (im *importer) detect() {
	var at []int
	var texts []string
	for _, i := range im.untold {
		if im.batch[i].Article.Language == "" { // a corrected text has that of the old one
			at, texts = append(at, i), append(texts, im.batch[i].Text)
		}
	}
	if len(at) == 0 {
		return
	}
	if im.report.Detected == nil {
		im.report.Detected = map[string]int{}
	}
	for k, code := range language.DetectAll(texts) {
		im.report.Detected[code]++
		if code != "" {
			language.Mark(&im.batch[at[k]].Article, code)
		}
	}
}
