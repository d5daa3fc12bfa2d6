// Package dates reads what news says of dates: “Monday”, “yesterday”, “last week”,
// “3 March”, “two weeks ago”. They are meant as seen from the day on which the
// article was published, and what comes out is a proposal, never a decision.
//
// A date is written in the precision that is known: 2026, 2026-03 or 2026-03-04. A
// Period is what words mean: one such date, or the days from one to another, as
// “last week” does.
//
// English, German, French, Spanish, Arabic and Chinese are understood, as far as
// newspapers use them; anything else proposes nothing. The package imports nothing
// of ours.
package dates
