package token

import "unicode"

// GLiNER is the name of the tokenizer that cuts text as GLiNER does, which knows the
// expression \w+(?:[-_]\w+)*|\S of Python: runs of letters and numbers, also with
// hyphens inside, and every other character alone. It is none of Names.
const GLiNER = "gliner"

// gliner cuts a stretch without white space and returns the ends of the tokens.
func gliner(s []rune) []int {
	var ends []int
	for i := 0; i < len(s); {
		if !pythonWord(s[i]) {
			i++
			ends = append(ends, i)
			continue
		}
		for i < len(s) && (pythonWord(s[i]) || s[i] == '-' && i+1 < len(s) && pythonWord(s[i+1])) {
			i++
		}
		ends = append(ends, i)
	}
	return ends
}

// pythonWord is \w of Python: letters and numbers of any script, without marks.
func pythonWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }
