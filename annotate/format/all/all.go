// Package all links every format into the program: import it for its side
// effect alone. A new format is one more line here.
package all

import (
	// Each adds itself to the formats when it is linked.
	_ "lede/annotate/format/bdocjs"
	_ "lede/annotate/format/bioc"
	_ "lede/annotate/format/brat"
	_ "lede/annotate/format/casjson"
	_ "lede/annotate/format/casxmi"
	_ "lede/annotate/format/chat"
	_ "lede/annotate/format/codebook"
	_ "lede/annotate/format/conll"
	_ "lede/annotate/format/doccano"
	_ "lede/annotate/format/docx"
	_ "lede/annotate/format/epub"
	_ "lede/annotate/format/events"
	_ "lede/annotate/format/gliner"
	_ "lede/annotate/format/html"
	_ "lede/annotate/format/jsonl"
	_ "lede/annotate/format/labelstudio"
	_ "lede/annotate/format/lede"
	_ "lede/annotate/format/mail"
	_ "lede/annotate/format/markdown"
	_ "lede/annotate/format/newsml"
	_ "lede/annotate/format/odt"
	_ "lede/annotate/format/pdf"
	_ "lede/annotate/format/plain"
	_ "lede/annotate/format/plover"
	_ "lede/annotate/format/presstext"
	_ "lede/annotate/format/quotes"
	_ "lede/annotate/format/refiqda"
	_ "lede/annotate/format/spacy"
	_ "lede/annotate/format/table"
	_ "lede/annotate/format/w3c"
	_ "lede/annotate/format/webannotsv"
	_ "lede/annotate/format/xlsx"
)
