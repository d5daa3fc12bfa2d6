// Package app is the window: what opens when Lede starts, how the parts of the
// screen hang together, what every key and menu does, and how an error is told to
// a person.
//
// Vocabulary:
//
//   - Shell: the one window. It shows either the welcome screen or a workspace.
//   - Workspace: one open project: the article list, the reader, the inspector
//     and the status bar around one session.Session.
//   - Route: from a gesture to a method of the session, and from an event of the
//     session to the parts of the screen that it concerns.
//
// Everything that can be thought about without pixels is in app/session. This
// package and all below it never import storage: main hands an
// annotate.Projects in. Start reading at Run, then workspace.go.
package app
