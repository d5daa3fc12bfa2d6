// Package reader is the middle of the window: the label bar and the article with
// its spans.
//
// It translates between session.Session, which knows spans, labels and
// annotators, and textview.View, which knows items, colours and points. Gestures
// of the view become calls of the session; events of the session become the
// least change of the view's layers.
//
// It imports session, textview, widgets and theme, no storage.
package reader
