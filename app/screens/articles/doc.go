// Package articles is the left side of the window: search, filters, the list of
// articles with their status, and how far the work is.
//
// It shows session.List and changes nothing but its filter; opening an article
// goes out by a callback. It imports session, widgets and theme, no storage.
package articles
