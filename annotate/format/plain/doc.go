// Package plain reads text files: one article a file, or one a line. The ref of
// an article is the path of its file below the folder that was given, without
// the ending.
package plain
