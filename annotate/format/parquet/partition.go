package parquet

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"lede/annotate/format"
	"lede/annotate/text"
)

// partitions are what folders can be made by. A table that has no such thing is not
// parted by it: articles by annotator, tokens by label.
var partitions = []string{"split", "source", "language", "year", "month", "annotator", "status", "label"}

// nothing is the folder of what has no value, as Hive calls it.
const nothing = "__HIVE_DEFAULT_PARTITION__"

// longest is how long, in bytes, the value of a folder may be; one that is cut has cutMark
// in it, which no other has.
const (
	longest = 150
	cutMark = "~"
)

func parsePartition(s string) ([]string, error) {
	if s == "" || s == "none" {
		return nil, nil
	}
	by := strings.Split(s, ",")
	for i, key := range by {
		if !slices.Contains(partitions, key) || slices.Contains(by[:i], key) {
			return nil, &format.UsageError{Detail: fmt.Sprintf("option partition has no value %q.", s), Hint: "Values: none, or some of " + strings.Join(partitions, ", ") + ", each once, with commas between."}
		}
	}
	return by, nil
}

// part is the folder of a row, with a slash behind it, "" for the table's own.
func (w *writer) part(keys map[string]string) string {
	var b strings.Builder
	for _, key := range w.by {
		value, has := keys[key]
		if !has {
			continue
		}
		value = encode(value)
		if value == "" {
			value = nothing
		}
		if len(value) > longest {
			// The folder cannot say it whole; then the file does.
			value = cut(keys[key]) + cutMark + text.SHA256(keys[key])[:16]
		}
		b.WriteString(key + "=" + value + "/")
	}
	return b.String()
}

// cut is the start of a value, spelled, of whole characters.
func cut(s string) string {
	for i, r := range s {
		if len(encode(s[:i]+string(r))) > longest-20 {
			return encode(s[:i])
		}
	}
	return encode(s)
}

// encode spells a value so that every system takes it as the name of a folder, in the
// way that all readers of such folders undo.
func encode(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// decode is encode backwards, for any writer's spelling.
func decode(s string) string {
	if s == nothing {
		return ""
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			hi, lo := strings.IndexByte(hexDigits, lower(s[i+1])), strings.IndexByte(hexDigits, lower(s[i+2]))
			if hi >= 0 && lo >= 0 {
				b.WriteByte(byte(hi<<4 | lo)) //nolint:gosec // both below 16
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return strings.ToValidUTF8(b.String(), "\uFFFD")
}

const hexDigits = "0123456789abcdef"

// folderValues are what the folders of a file say.
func folderValues(file string) map[string]string {
	values := map[string]string{}
	for _, dir := range strings.Split(file, "/") {
		if key, value, ok := strings.Cut(dir, "="); ok && slices.Contains(partitions, key) && !strings.Contains(value, cutMark) {
			values[key] = decode(value)
		}
	}
	return values
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func lower(c byte) byte {
	if c >= 'A' && c <= 'F' {
		return c | 0x20
	}
	return c
}
