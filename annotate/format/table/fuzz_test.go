package table_test

import (
	"testing"

	"lede/annotate/format/formattest"
)

func FuzzRead(f *testing.F) {
	formattest.Fuzz(f, "csv",
		"doc_id,annotator,start,end,fragments,label,text,article_text,span_id\na,x,2,5,\"[[2,5]]\",PER,Ana,😀 Ana,s\na,y,2,5,,P,,,\n",
		"doc_id;start;end;label;sha256;length\na;0;1;P;"+"0123456789012345678901234567890123456789012345678901234567890123;4\n",
		"id,title,source,url,author,published,language,m,annotator,status,reason,flag,note,f,text\na,,,,,,,x,ana,done,,,,y,Ana\n",
		"id,text\na,\"x\ny\"\n",
		"-- spans.csv --\ndoc_id,annotator,start,end,label,article_text\na,x,0,1,P,xy\n-- relations.csv --\ndoc_id,annotator,type,from_id,to_id\na,x,t,1,2\n",
	)
}
