// Package e2e drives the real window: the built program on a virtual screen, under
// a window manager, by mouse and keys. It has tests only, and they run when
// LEDE_E2E is 1 (make e2e).
//
// Nothing here asks Lede where something is or what it did. Where a click goes is
// found in the screenshot, by the ink of a known word; what came of it is read with
// the sqlite3 program from the project file. From the program comes only when to
// look: the probe, a file of JSON lines (LEDE_PROBE) that says "ready", "opened",
// "saved", and never where or what.
//
// Vocabulary:
//
//   - screen: an Xvfb and an openbox of the test's own.
//   - program: one run of the lede binary on a screen, with a home of its own.
//   - ink: how a word looks, drawn here from the font file; spot: where it was seen.
//
// Read docs/e2e.md, then helpers in this order: screen_test.go, program_test.go,
// ink_test.go, hands_test.go, project_test.go.
package e2e
