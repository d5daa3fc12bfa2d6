// Package refiqda reads and writes what programs for qualitative data analysis
// exchange (REFI-QDA 1.5): projects (.qdpx) and codebooks (.qdc), as NVivo, ATLAS.ti,
// MAXQDA and QualCoder know them. docs/formats/refi-qda.md has the rules.
//
// A project is a zip with project.qde and the texts. Annotators are users, labels are
// codes, spans are selections with a coding, values of attributes are codes below that
// of the label. Places count code points; the end is exclusive.
package refiqda
