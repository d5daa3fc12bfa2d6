package format

// Skip tells of something in the file that the reader left out of the article: a
// stable kind, a sentence without the number, how many, and an example ("" for
// none). It is shown in the notes of the import report.
func (a *Article) Skip(kind, sentence string, count int, example string) {
	a.skipped = append(a.skipped, Note{Kind: kind, What: sentence, Count: count, Examples: []string{example}})
}

// LeftOut is no article but word of something in the file that the reader left out
// and that belongs to none. Readers yield it where it comes to light, also before
// the first article.
func LeftOut(at Place, kind, sentence string, count int, example string) *Article {
	a := &Article{Place: at, aside: true}
	a.Skip(kind, sentence, count, example)
	return a
}

// Aside reports whether a is no article and only tells of what was left out.
func (a *Article) Aside() bool { return a.aside }

// LeftOutNotes is what the reader of the article left out.
func (a *Article) LeftOutNotes() []Note { return a.skipped }

// told notes what the reader of an article left out.
func (n *notes) told(a *Article) {
	for _, s := range a.skipped {
		n.add(s.Kind, s.What, s.Count, s.Examples[0])
	}
}
