package codebook

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

func writeMarkdown(blocks []block) string {
	var b strings.Builder
	for i, x := range blocks {
		if i > 0 && (x.kind != item || blocks[i-1].kind != item) {
			b.WriteByte('\n')
		}
		switch x.kind {
		case heading:
			b.WriteString(strings.Repeat("#", x.level) + " " + inline(x.bits))
		case paragraph:
			b.WriteString(unlisted(inline(x.bits)))
		case item:
			b.WriteString(strings.Repeat("  ", x.level-1) + "- " + unlisted(inline(x.bits)))
		case guideline:
			b.WriteString(embed(x.guide))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func inline(bits []bit) string {
	var b strings.Builder
	for _, x := range bits {
		words := strings.Join(strings.FieldsFunc(x.text, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
		switch x.look {
		case name:
			b.WriteString(code(words))
		case strong:
			if words = strings.TrimSpace(words); words != "" {
				b.WriteString("**" + escape(words) + "**")
			}
		default:
			b.WriteString(escape(words))
		}
	}
	return strings.TrimSpace(b.String())
}

var special = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "&", `\&`, "|", `\|`, "~", `\~`, "#", `\#`)

func escape(s string) string { return special.Replace(s) }

var listed = regexp.MustCompile(`^([-+=]|\d+[.)])`)

// unlisted keeps a line from being a list or a rule.
func unlisted(line string) string {
	at := listed.FindStringIndex(line)
	if at == nil {
		return line
	}
	return line[:at[1]-1] + `\` + line[at[1]-1:]
}

// code is a code span, whatever backticks are in it.
func code(s string) string {
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if s == "" || strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") || strings.TrimSpace(s) != s {
		s = " " + s + " "
	}
	return fence + s + fence
}

// embed is a guideline as a part of a longer text: its headings are below those of the
// codebook. One that would swallow what comes after it (a fence or a comment that never
// ends) is quoted as it stands.
func embed(guide string) string {
	guide = strings.Trim(strings.ReplaceAll(strings.ReplaceAll(guide, "\r\n", "\n"), "\r", "\n"), "\n")
	if lowered := lower(guide); closed(lowered) {
		return lowered
	}
	fence := "```"
	for strings.Contains(guide, fence) {
		fence += "`"
	}
	return fence + "\n" + guide + "\n" + fence
}

var atx = regexp.MustCompile(`^ {0,3}#{1,6}([ \t]|$)`)

// lower puts the headings of a guideline below those of labels.
func lower(guide string) string {
	lines := strings.Split(guide, "\n")
	fence := ""
	for i, line := range lines {
		start := strings.TrimLeft(line, " ")
		switch {
		case fence != "":
			if strings.HasPrefix(start, fence) {
				fence = ""
			}
		case strings.HasPrefix(start, "```"), strings.HasPrefix(start, "~~~"):
			fence = start[:3]
		case atx.MatchString(line):
			marks := len(start) - len(strings.TrimLeft(start, "#"))
			lines[i] = strings.Repeat("#", below(marks)) + start[marks:]
		}
	}
	return strings.Join(lines, "\n")
}

// below is the level of a guideline's heading in the codebook, where labels have the
// third.
func below(level int) int { return min(6, max(4, level+2)) }

// closed says whether a paragraph behind a guideline is one of its own.
func closed(guide string) bool {
	const after = "Z9"
	source := []byte(guide + "\n\n" + after + "\n")
	last := goldmark.New().Parser().Parse(text.NewReader(source)).LastChild()
	if last == nil || last.Kind() != ast.KindParagraph {
		return false
	}
	lines := last.Lines()
	return lines.Len() == 1 && strings.TrimSpace(string(lines.Value(source))) == after
}
