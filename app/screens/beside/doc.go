// Package beside is the second article, beside the one that is worked on: to be
// read and copied from, not to be changed. It follows the changes that are made to
// it elsewhere, in the same window too when both sides show the same article.
//
// It draws by package reader and knows the session's states of articles, no
// storage.
package beside
