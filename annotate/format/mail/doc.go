// Package mail reads mails, one a file (eml) or many (mbox), and pages that a browser
// saved as one file (mht): the text that a person reads, and the head as facts.
package mail
