// Package events writes who did what to whom as a table (CSV): one row for each
// mention of an event, actor and recipient, or one for each event entity.
// docs/formats/events.md has the columns. Offsets are code points, half-open.
package events
