// Package office has what the readers of office documents share: the article that
// collects its text, footnotes at its end, boxes beside it, and what was left out.
package office
