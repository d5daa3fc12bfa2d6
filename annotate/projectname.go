package annotate

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// ProjectEnding is what the name of a project's file ends in.
const ProjectEnding = ".lede"

// CheckProjectName refuses the name of a file, without its folder, under which a project
// could not be carried to every system. Windows refuses most: the names of devices, some
// characters, and a dot or a space at the end; in front of the ending too, where somebody
// who hides endings loses them. It is asked for names that are given, never for files that
// are there: those can be opened whatever they are called. op is what was tried.
func CheckProjectName(op, base string) error {
	name, ending := cutProjectEnding(base)
	wrong, hint := unportable(name), fmt.Sprintf("Choose another name, as “%s”.", PortableName(name)+ending)
	if strings.Trim(name, ".") == "" {
		wrong, hint = "there is no name in front of the ending.", "Please give the project a name."
	}
	if wrong == "" {
		return nil
	}
	return &Error{Kind: ErrInvalid, Op: op, Subject: strings.ToValidUTF8(base, "�"), Detail: wrong, Hint: hint}
}

// PortableName is a name for a project, without the ending, as near to the given one as
// every system allows. One that is allowed stays as it is.
func PortableName(name string) string {
	name = strings.Map(func(r rune) rune {
		if refusedInNames(r) {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(name, "_"))
	if name = strings.TrimRight(name, ". "); name == "" {
		return "Project"
	}
	if stem := DeviceIn(name); stem != "" { // "CON.2026" is the device, too
		name = stem + "-1" + name[len(stem):]
	}
	return name
}

// cutProjectEnding takes the ending off a file's name.
func cutProjectEnding(base string) (name, ending string) {
	at := max(0, len(base)-len(ProjectEnding))
	if strings.EqualFold(base[at:], ProjectEnding) {
		return base[:at], base[at:]
	}
	return base, ""
}

// unportable says why some system refuses a file of this name, "" if none does.
func unportable(name string) string {
	const so = "so the project could not be carried to every computer."
	if !utf8.ValidString(name) {
		return "the name has bytes that are no characters, " + so
	}
	for _, r := range name {
		switch {
		case r < ' ':
			return "the name has a line break or another character that cannot be seen. Windows refuses it, " + so
		case refusedInNames(r):
			return fmt.Sprintf("the name has the character “%c”, which Windows refuses in names, %s", r, so)
		}
	}
	switch {
	case strings.HasSuffix(name, "."):
		return "the name ends in a dot, which Windows takes away, " + so
	case strings.HasSuffix(name, " "):
		return "the name ends in a space, which Windows takes away, " + so
	}
	if stem := DeviceIn(name); stem != "" {
		return fmt.Sprintf("Windows keeps the name “%s” for a device, %s", stem, so)
	}
	return ""
}

// refusedInNames are the characters that no name may have on Windows; both separators of
// folders are among them, as each is a common character elsewhere.
func refusedInNames(r rune) bool { return r < ' ' || strings.ContainsRune(`<>:"/\|?*`, r) }

// DeviceIn is the beginning of a name if Windows takes it for a device, else "": all in
// front of the first dot counts, blanks at its end do not, nor does case.
func DeviceIn(name string) string {
	stem, _, _ := strings.Cut(name, ".")
	stem = strings.TrimRight(stem, " ")
	upper := strings.ToUpper(stem)
	switch upper {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return stem
	}
	number, port := strings.CutPrefix(upper, "COM")
	if !port {
		number, port = strings.CutPrefix(upper, "LPT")
	}
	if port && utf8.RuneCountInString(number) == 1 && strings.ContainsAny(number, "0123456789¹²³") {
		return stem
	}
	return ""
}
