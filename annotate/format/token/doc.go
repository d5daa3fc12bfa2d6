// Package token cuts text into the tokens, sentences and records that formats for
// training share, and lays spans on them.
//
//   - Split makes tokens by one of three rules (Names). No token holds white space,
//     and none goes across a cut: cut at the borders of spans, tokens move no border.
//   - Sentences and Paragraphs make pieces of a text that break no span.
//   - Lay does all of it for an article: records (an article, a paragraph, a sentence
//     or a window of tokens each) with their tokens, and the spans as entities on
//     these. It tells the job what could not be kept.
//   - Links are the relations between entities of one record.
//
// docs/formats/tokens.md has the rules, and says where other tokenizers differ.
package token
