// Package copies is the sheet of near-duplicates: which articles are nearly the same, how
// they differ, and what annotations of one can be made in the others.
//
// Words: a cluster is copies of one another (annotate/duplicates). The base is the article
// of a cluster with which the others are compared and from which annotations are carried:
// its first, unless another is chosen. On the left are the clusters, on the right the
// differences between the base and the chosen copy, or the spans of the base and what
// would become of each in every copy.
//
// Looking for copies reads the whole project, in the background, and can be cancelled.
// What was found is kept until the project changes. The package knows no storage.
package copies
