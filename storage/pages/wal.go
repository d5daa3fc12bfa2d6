package pages

import "encoding/binary"

const (
	logHeader   = 32
	frameHeader = 24
	logMagic    = 0x377f0682 // its lowest bit: sums are of big-endian words
)

// readLog finds the newest committed version of each page in the log and returns
// how many pages the last commit says there are; 0 without one. Frames count as far
// as their sums are right and a commit follows.
func (f *File) readLog() (count int) {
	head := make([]byte, logHeader)
	if f.log.Size < logHeader {
		f.LogBroken = f.log.Size > 0
		return 0
	}
	if _, err := f.log.ReadAt(head, 0); err != nil {
		f.LogBroken = true
		return 0
	}
	sum := frameSum{big: binary.BigEndian.Uint32(head)&1 == 1}
	sum.add(head[:24])
	if binary.BigEndian.Uint32(head)&^1 != logMagic || int(binary.BigEndian.Uint32(head[8:])) != f.size || !sum.is(head[24:]) {
		f.LogBroken = true
		return 0
	}
	pending := map[int]int64{}
	frame := make([]byte, frameHeader+f.size)
	at := int64(logHeader)
	for ; at+int64(len(frame)) <= f.log.Size; at += int64(len(frame)) {
		if _, err := f.log.ReadAt(frame, at); err != nil {
			break
		}
		if string(frame[8:16]) != string(head[16:24]) { // of an earlier round of the log
			return count
		}
		sum.add(frame[:8])
		sum.add(frame[frameHeader:])
		page := int(binary.BigEndian.Uint32(frame))
		if !sum.is(frame[16:]) || page == 0 {
			f.LogBroken = true
			return count
		}
		pending[page] = at + frameHeader
		if pages := int(binary.BigEndian.Uint32(frame[4:])); pages > 0 {
			for page, at := range pending {
				f.logged[page] = at
			}
			clear(pending)
			count = pages
		}
	}
	f.LogBroken = len(pending) > 0 || at != f.log.Size
	return count
}

// frameSum is the running sum of a log.
type frameSum struct {
	big  bool
	a, b uint32
}

func (s *frameSum) add(data []byte) {
	order := binary.ByteOrder(binary.LittleEndian)
	if s.big {
		order = binary.BigEndian
	}
	for i := 0; i+8 <= len(data); i += 8 {
		s.a += order.Uint32(data[i:]) + s.b
		s.b += order.Uint32(data[i+4:]) + s.a
	}
}

func (s *frameSum) is(stored []byte) bool {
	return binary.BigEndian.Uint32(stored) == s.a && binary.BigEndian.Uint32(stored[4:]) == s.b
}
