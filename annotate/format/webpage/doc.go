// Package webpage takes the article out of a web page: its text, as Mozilla's
// Readability finds it (go-readability), and its facts from JSON-LD, meta tags and
// what a browser wrote when it saved the page. Formats that hold pages use it: html,
// mails, saved pages, downloads of databases.
package webpage
