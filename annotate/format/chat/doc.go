// Package chat writes conversations for the fine-tuning of language models: a line for
// each article or piece of one, with a system prompt made from the schema, the text,
// and an answer in JSON that quotes it word for word.
//
// docs/formats/chat.md has the rules.
package chat
