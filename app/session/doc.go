// Package session is the window's view model, free of Fyne: which article is
// open and whose annotations of it are shown, what is selected and chosen, what
// can be undone, and what is saved.
//
// Every gesture calls one method here. The method builds a change with package
// edit, applies it to the article in memory, tells the observers, who paint at
// once, and hands it to the committer, which writes changes in order in the
// background. When a change is on disk the observers hear Saved; when the store
// refuses one, it and what was built on it are taken back out and the observers
// hear Refused with a sentence for people.
//
// All methods belong to one goroutine (the window's). Background work comes back
// to it through Options.Dispatch: fyne.Do in the window, a plain call in tests.
//
// Offsets are Unicode code points.
package session
