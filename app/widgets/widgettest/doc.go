// Package widgettest looks at widgets as a person would, for the tests of the
// screens. Only tests import it; it must not import a screen, the session or the
// domain.
package widgettest
