// Package sample draws stratified random samples of articles.
//
// Vocabulary:
//
//   - frame: all articles of which the sample is drawn, by a filter.
//   - stratum: those of them with the same values of the facts by which it is drawn.
//   - draw: how many of each stratum are drawn: in proportion to its size, and at
//     least one.
//
// Draw is a pure function of the refs of the articles and the seed: the same project
// gives the same sample on every machine, whatever the order of the articles.
package sample
