// Package newsml reads what news agencies send: NITF and NewsML-G2, one article for
// each story, also where a NewsML-G2 message or package holds several. XHTML and NITF
// inside NewsML-G2 are read, too.
package newsml
