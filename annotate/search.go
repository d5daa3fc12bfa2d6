package annotate

import "lede/annotate/text"

// SearchQuery asks for articles and for the places in them where the words of the
// query's filter stand.
type SearchQuery struct {
	ArticleQuery
	Snippets int // how many come with each article at most; 0 = one for every place
}

// Found is an article that a search found. Places are those of all words of the filter
// that it does not exclude, in code points, in order; places that overlap are one.
type Found struct {
	ArticleRow
	Title    []text.Range // places in the title
	Places   int          // how many there are in the text
	Snippets []Snippet    // around the first of them
}

// Snippet is a stretch of a text with places in it.
type Snippet struct {
	At    text.Range // of the article's text, code points
	Text  string
	Marks []text.Range // one or more, code points of the article's text
}

// SpanQuery asks for spans in live articles: those that the filter finds if all that
// it says of work is said of one span, its own set and its relations. Words of it
// stand in the words of the span, in the name or title of its label, in the values of
// its attributes, in its note or in the name of its entity.
type SpanQuery struct {
	Filter *Filter  // nil = all spans
	Me     ID       // whom “me” means
	After  *Mention // the last one of the page before; nil = from the start
	Limit  int      // 0 = no limit
}
