// Package screening is the bar with which articles are sorted into relevant, not
// relevant and unsure, one key or click each. It stands in place of the label bar.
//
// The bar knows the field's choices and what was chosen; it decides nothing and opens
// nothing. It imports the domain's words, the session's count and the widgets.
package screening
