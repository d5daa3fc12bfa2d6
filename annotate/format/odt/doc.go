// Package odt reads text documents of LibreOffice and OpenOffice (.odt): paragraphs,
// lists, tables, notes and text boxes as plain text, as the document reads when its
// tracked changes are accepted, and its properties as facts.
package odt
