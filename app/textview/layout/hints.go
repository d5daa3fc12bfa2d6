package layout

// The letters of hints: those under the resting fingers, then the row above, then
// the row below. More rows are taken only when two letters of fewer do not suffice.
const (
	hintLetters = "ASDFGHJKLQWERTYUIOPZXCVBNM"
	homeLetters = 9
	upperTwo    = 19
)

// Hints makes n different words to type, as short as can be, none of which begins
// with another: what was typed is never waited for. Shorter ones come first; up to
// 9 have one letter, up to 676 no more than two.
func Hints(n int) []string {
	letters := hintLetters[:homeLetters]
	if n > homeLetters*homeLetters {
		letters = hintLetters[:upperTwo]
	}
	if n > upperTwo*upperTwo {
		letters = hintLetters
	}
	short, long := extend(nil, "", letters), []string(nil)
	for len(short)+len(long) < n {
		if len(short) == 0 {
			short, long = long, nil
		}
		last := len(short) - 1
		long = extend(long, short[last], letters)
		short = short[:last]
	}
	return append(short, long...)[:max(0, n)]
}

// extend appends a word with each of the letters behind it.
func extend(words []string, word, letters string) []string {
	for i := range len(letters) {
		words = append(words, word+letters[i:i+1])
	}
	return words
}
