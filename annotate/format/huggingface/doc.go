// Package huggingface reads and writes datasets as the Hub and the library datasets know
// them: a folder of Parquet files with a card (README.md) that says what is in them. An
// export has three configurations: spans (all that was marked, by code points), tokens
// (words with IOB2 tags) and relations. The features stand in the card and in each file.
// docs/formats/huggingface.md has the rules.
package huggingface
