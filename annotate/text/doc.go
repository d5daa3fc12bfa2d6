// Package text holds the immutable text of an article and everything that
// depends on how its characters are counted.
//
// Vocabulary:
//
//   - offset: a count of Unicode code points from the start of the text. Every
//     int named o, Start or End here is one. Bytes (UTF-8) and UTF-16 units
//     exist only in the functions that convert them.
//   - range: half-open [Start, End) in code points.
//   - grapheme: what a person calls a character (UAX #29 extended cluster).
//   - word, sentence: UAX #29 segments. They cover the text without gaps, so a
//     word segment can be a blank or a comma, and a sentence ends with the
//     blanks that follow it.
//   - paragraph: a line, without the '\n' that ends it.
//   - intake: the one documented step from the bytes of a file to a stored
//     text (decode, strip one BOM, make line ends '\n'), and the mapping of
//     offsets through it.
//
// No function looks at more than a window around its argument: segments are
// computed from the nearest place that is a border whatever stands before it.
// Clusters, words and sentences longer than thousands of code points, which
// no person writes, may be cut.
//
// The package imports nothing else of Lede.
package text
