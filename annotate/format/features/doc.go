// Package features turns what Lede knows of articles, annotators' work, spans and
// relations into named values, and back. It serves formats whose annotations carry
// any number of them: GATE's features, BioC's infons, bodies of Web Annotations.
//
// Attributes of spans and other facts of articles stand under their own names. What
// is Lede's has names that begin with "lede."; so has whatever would be taken for
// something else (Escape). Everything comes back as it was.
package features
