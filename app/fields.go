package app

// fillInArticle gives the keyboard to the field of the article that is needed most.
func (w *workspace) fillInArticle() {
	w.showRight(true)
	if !w.inspector.FillInArticle() {
		w.remark("No fields", "The schema asks nothing about whole articles.")
	}
}
