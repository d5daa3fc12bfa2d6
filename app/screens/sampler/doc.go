// Package sampler is the dialog that draws a stratified random sample of the articles in
// the list: how many, by which facts, the seed, the tag, and what would be drawn of each
// stratum. It draws by annotate/sample, as lede sample does.
package sampler
