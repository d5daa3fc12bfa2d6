// Package flow turns documents made of blocks (web pages, office documents, mails)
// into plain text, all in one way: an empty line between paragraphs, a line for each
// item of a list and each row of a table, tabs between cells, and words of one
// paragraph never glued to those of the next. White space inside a paragraph is
// folded as browsers do; no other character is changed.
package flow
