package webannotsv

import (
	"strconv"
	"strings"

	"lede/annotate/format"
	"lede/annotate/format/cas"
)

// readBack reads the rows once more, cell by cell, sharing nothing with the writer.
func readBack(open format.OpenFunc, want *format.Expectations, job *format.Job) error {
	return cas.ReadBack(open, want, job, ".tsv", func(at format.Place, raw []byte) (string, []cas.Part, error) {
		b := &backReader{at: at, byID: map[string]int{}}
		for i, line := range strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n") {
			b.at.Line = i + 1
			if err := b.line(line); err != nil {
				return "", nil, err
			}
		}
		b.text.WriteString(strings.Join(b.lines, "\n"))
		return b.text.String(), b.parts, nil
	})
}

type backReader struct {
	at    format.Place
	text  strings.Builder // of the sentences before this one
	lines []string        // of this sentence
	rows  bool
	split int // the column of the feature, 0 for none
	parts []cas.Part
	byID  map[string]int
}

func (b *backReader) line(s string) error {
	switch {
	case strings.HasPrefix(s, "#T_SP="):
		for i, name := range strings.Split(s, "|") {
			if name == "split" {
				b.split = i
			}
		}
	case strings.HasPrefix(s, "#Text="):
		if b.rows {
			b.text.WriteString(strings.Join(b.lines, "\n"))
			b.lines, b.rows = nil, false
		}
		b.lines = append(b.lines, unspell(s[6:], "\\\\", "\\", "\\t", "\t", "\\r", "\r", "\\f", "\f", "\\b", "\b"))
	case s != "" && s[0] != '#':
		return b.row(strings.Split(s, "\t"))
	}
	return nil
}

func (b *backReader) row(cells []string) error {
	if len(cells) < 5 {
		return format.Mismatch(b.at, "a row has %d columns", len(cells))
	}
	begin, end, _ := strings.Cut(cells[1], "-")
	from, err1 := strconv.Atoi(begin)
	to, err2 := strconv.Atoi(end)
	if err1 != nil || err2 != nil {
		return format.Mismatch(b.at, "%q is no place", cells[1])
	}
	if !b.rows && b.text.Len() == 0 {
		b.text.WriteString(strings.Repeat(" ", from)) // before the first sentence
	}
	b.rows = true
	if cells[3] == "_" {
		return nil
	}
	labels, splits := stack(cells[3]), []string(nil)
	if b.split > 0 {
		splits = stack(cells[2+b.split])
	}
	for i, label := range labels {
		id := ""
		if open := strings.LastIndexByte(label, '['); strings.HasSuffix(label, "]") && !strings.HasSuffix(label, `\]`) {
			label, id = label[:open], label[open:]
		}
		if k, known := b.byID[id]; id != "" && known {
			b.parts[k].End = to
			continue
		}
		part := cas.Part{Label: unspell(label, `\\`, `\`, `\[`, "[", `\]`, "]", `\|`, "|", `\_`, "_", `\->`, "->", `\;`, ";", `\t`, "\t", `\n`, "\n", `\*`, "*", `\r`, "\r"), Begin: from, End: to}
		if i < len(splits) && !strings.HasPrefix(splits[i], "*") {
			part.Split, _, _ = strings.Cut(splits[i], "[")
		}
		if id != "" {
			b.byID[id] = len(b.parts)
		}
		b.parts = append(b.parts, part)
	}
	return nil
}

// stack parts a cell at bars without a backslash.
func stack(cell string) []string {
	const hidden = "\x00"
	cell = strings.ReplaceAll(cell, `\\`, hidden+"b")
	cell = strings.ReplaceAll(cell, `\|`, hidden+"p")
	list := strings.Split(cell, "|")
	for i := range list {
		list[i] = strings.ReplaceAll(strings.ReplaceAll(list[i], hidden+"p", `\|`), hidden+"b", `\\`)
	}
	return list
}

// unspell replaces pairs, and takes the backslash from control characters.
func unspell(s string, pairs ...string) string {
	for c := range 32 {
		if c < 8 || c > 13 {
			pairs = append(pairs, `\`+string(rune(c)), string(rune(c)))
		}
	}
	return strings.NewReplacer(pairs...).Replace(s)
}
