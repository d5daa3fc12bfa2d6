package commands

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
)

// ScanCodes says what numbers the hardware keys have.
type ScanCodes int

// The numberings. UnknownScan knows no key.
const (
	UnknownScan ScanCodes = iota
	SetOneScan            // Windows, and the kernel's codes under Wayland: PC scan code set 1
	X11Scan               // the same, plus 8
	MacScan
)

// ScanCodesOf tells from the context of a window (driver.NativeWindow.RunNative)
// how its keys are numbered.
func ScanCodesOf(context any) ScanCodes {
	switch context.(type) {
	case driver.X11WindowContext, *driver.X11WindowContext:
		return X11Scan
	case driver.WaylandWindowContext, *driver.WaylandWindowContext, driver.WindowsWindowContext, *driver.WindowsWindowContext:
		return SetOneScan
	case driver.MacWindowContext, *driver.MacWindowContext:
		return MacScan
	}
	return UnknownScan
}

// The three rows of letters of a US keyboard.
const (
	topRow    = "QWERTYUIOP"
	homeRow   = "ASDFGHJKL"
	bottomRow = "ZXCVBNM"
)

// setOne has where the rows begin; keys count up from there.
var setOne = []struct {
	first int
	row   string
}{{0x10, topRow}, {0x1e, homeRow}, {0x2c, bottomRow}}

// macLetters are the virtual key codes of Carbon's Events.h (kVK_ANSI_A …).
var macLetters = map[int]fyne.KeyName{
	0x00: "A", 0x01: "S", 0x02: "D", 0x03: "F", 0x04: "H", 0x05: "G", 0x06: "Z", 0x07: "X", 0x08: "C", 0x09: "V",
	0x0b: "B", 0x0c: "Q", 0x0d: "W", 0x0e: "E", 0x0f: "R", 0x10: "Y", 0x11: "T", 0x1f: "O", 0x20: "U",
	0x22: "I", 0x23: "P", 0x25: "L", 0x26: "J", 0x28: "K", 0x2d: "N", 0x2e: "M",
}

// letter is the letter that a hardware key has on a US keyboard, "" for none.
func (c ScanCodes) letter(code int) fyne.KeyName {
	if c == MacScan {
		return macLetters[code]
	}
	code = c.setOne(code)
	for _, row := range setOne {
		if i := code - row.first; i >= 0 && i < len(row.row) {
			return fyne.KeyName(row.row[i : i+1])
		}
	}
	return ""
}

// setOne is a code in PC scan code set 1, -1 if it is not known.
func (c ScanCodes) setOne(code int) int {
	switch c {
	case SetOneScan:
		return code
	case X11Scan:
		return code - 8
	default:
		return -1
	}
}
