// Package docx reads Word documents (.docx): paragraphs, lists, tables, footnotes and
// text boxes as plain text, as the document reads when its tracked changes are
// accepted, and its properties as facts.
package docx
