package app

import (
	"lede/annotate"
	"lede/annotate/filter"
	"lede/annotate/sample"
	"lede/app/screens/sampler"
)

// drawSample opens the dialog that draws a sample of the articles in the list.
func (w *workspace) drawSample() {
	w.inspector.Commit()
	w.session.Flush()
	passing := w.session.List().Passing()
	typed := filter.Format(passing)
	sampler.Open(sampler.Options{
		Canvas: w.shell.win.Canvas(), Store: w.store, Filter: filter.Named(passing, w.session.Annotator().Name), Typed: typed,
		Dispatch: w.shell.dispatch, Tell: w.shell.tell, OnClose: w.shell.focusText,
		Draw: func(s *sample.Sample, tags []string) {
			w.deed(s.Deed(tags, typed), append([]annotate.ID(nil), s.Articles...))
		},
	})
}
