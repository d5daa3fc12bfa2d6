// Package split divides articles into parts for training and testing.
//
// Vocabulary:
//
//   - part: a named share of the articles, as train, dev and test.
//   - signature: a MinHash of an article's words. How many of its numbers two
//     signatures have in common says how many of their shingles (three words in a
//     row) two articles have in common.
//   - cluster: articles that are near-duplicates of one another, directly or through
//     others. Wire copy is printed by many papers, and what a model has learned by
//     heart from one of them must not be its test.
//   - block: articles that stay together: a cluster, or all that have the same value
//     of a field, or what these two join. A block is never divided.
//   - fixed: what an article's part is already. It is never changed; a block goes
//     where its fixed articles are.
//
// Assign gives blocks to parts so that the shares come out right for articles and
// for the spans of each label alike (stratification). It is a pure function of its
// items, their order and the seed.
//
// The package imports annotate/text only.
package split
