package entity

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// slips is how many letters may be missing, too many, wrong or swapped in a word
// for it to be one of a similar spelling.
func slips(word string) int {
	switch n := utf8.RuneCountInString(word); {
	case n < 4:
		return 0
	case n < 8:
		return 1
	default:
		return 2
	}
}

// ladder works out the distance (optimal string alignment: a letter missing, too
// many, wrong, or two swapped) between one word and others, letter by letter, so
// that others with a common beginning share the work.
type ladder struct {
	word []rune
	rows [][]int // rows[d][j]: from the first j letters of word to the first d of the other
	been []rune  // the first letters of the other
}

func newLadder(word string) *ladder {
	l := &ladder{word: []rune(word)}
	first := make([]int, len(l.word)+1)
	for j := range first {
		first[j] = j
	}
	l.rows = [][]int{first}
	return l
}

// back keeps only the first d letters of the other word.
func (l *ladder) back(d int) { l.been = l.been[:d] }

// push adds a letter of the other word. It returns the distance to the whole
// word, and the least that it can be for any word that begins so.
func (l *ladder) push(r rune) (distance, least int) {
	l.been = append(l.been, r)
	d := len(l.been)
	if d == len(l.rows) {
		l.rows = append(l.rows, make([]int, len(l.word)+1))
	}
	above, row := l.rows[d-1], l.rows[d]
	row[0], least = d, d
	for j, w := range l.word {
		cost := 1
		if w == r {
			cost = 0
		}
		row[j+1] = min(above[j]+cost, above[j+1]+1, row[j]+1)
		if j > 0 && d > 1 && w == l.been[d-2] && l.word[j-1] == r {
			row[j+1] = min(row[j+1], l.rows[d-2][j-1]+1)
		}
		least = min(least, row[j+1])
	}
	return row[len(l.word)], least
}

// distance is how far other is from the word, at most one more than most. With
// begins, it is that of the beginning of other that is nearest.
func (l *ladder) distance(other string, most int, begins bool) int {
	l.back(0)
	found, nearest := len(l.word), len(l.word)
	for _, r := range other {
		now, least := l.push(r)
		found, nearest = now, min(nearest, now)
		if least > most {
			found = most + 1
			break
		}
	}
	if begins {
		found = nearest
	}
	return min(found, most+1)
}

// alike lists the words of a sorted list that are at most so far from word; with
// begins, also those of which a beginning is.
func (x *Index) alike(word string, most int, begins bool) []*term {
	l := newLadder(word)
	var found []*term
	ends := []int{0} // ends[d]: bytes of the first d letters of the word that the ladder is for
	for i := 0; i < len(x.terms); {
		// What was passed over shares more with its neighbours than this word does.
		d, _ := slices.BinarySearch(ends, int(x.shared[i])+1)
		ends = ends[:d]
		l.back(d - 1)
		next, all := x.descend(l, x.terms[i].text, &ends, i, most, begins)
		if all {
			found = append(found, x.terms[i:next]...)
		}
		i = next
	}
	return found
}

// descend goes through the letters of a word that the one before it does not
// share, and returns the next word worth a look and whether those up to it are
// alike.
func (x *Index) descend(l *ladder, text string, ends *[]int, i, most int, begins bool) (next int, all bool) {
	distance := len(l.word)
	if d := len(l.been); d > 0 {
		distance = l.rows[d][len(l.word)]
	}
	for at := (*ends)[len(*ends)-1]; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		at += size
		*ends = append(*ends, at)
		var least int
		distance, least = l.push(r)
		if begins && distance <= most {
			return x.after(i, at), true
		}
		if least > most {
			return x.after(i, at), false
		}
	}
	return i + 1, !begins && distance <= most
}

// after is where the words end, from i on, that share that many bytes with the word
// at i. The walk goes over all words so, at the price of a look at each number.
func (x *Index) after(i, bytes int) int {
	for i++; i < len(x.shared) && int(x.shared[i]) >= bytes; i++ {
	}
	return i
}

// beginning are the words that begin with prefix.
func (x *Index) beginning(prefix string) []*term {
	from, _ := x.find(prefix)
	if from == len(x.terms) || !strings.HasPrefix(x.terms[from].text, prefix) {
		return nil
	}
	return x.terms[from:x.after(from, len(prefix))]
}

func sharedBytes(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}
