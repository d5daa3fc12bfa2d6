// Package status is the line at the bottom of the window: what is saved, what is
// selected, who annotates, the zoom, and the way to the next article.
package status
