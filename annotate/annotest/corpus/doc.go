// Package corpus makes up projects of any size, to measure with: articles that look
// like news, with spans and relations in them. Nothing of it is anybody's text.
//
// # Words
//
// A marked sentence is one with spans: people do things in it (actor, event), or
// somebody is quoted (quote, actor, and a relation from the quote to its speaker). The
// others are filler: common words, and rare ones as often as in real texts, so that
// indexes of words have their usual size.
//
// The nth article has the same text, facts and spans whatever the size of the corpus;
// ids come from the Env that is handed in.
package corpus
