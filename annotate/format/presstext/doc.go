// Package presstext reads what press databases let people download: LexisNexis (Nexis
// Uni and the older layout) and Factiva, many articles a file, as plain text, web page,
// RTF or Word document. Headline, source, date, byline, length and language become
// facts.
package presstext
