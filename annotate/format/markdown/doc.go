// Package markdown reads Markdown files: the text is the source as it stands, without
// the front matter (YAML or TOML) at its head, which becomes the facts of the article.
package markdown
