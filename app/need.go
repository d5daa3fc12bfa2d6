package app

import (
	"strings"

	"lede/app/commands"
)

// What a command's key wants first.
const (
	chooseFirst   = "Choose a span first: click it, or press Tab. Then press the key again."
	selectFirst   = "Select some words, or choose a span, then press the key again."
	relationFirst = "Choose a relation first: click its line or its name. Then press the key again."
	tagFirst      = "There is no span in this article yet. Select some words, then press a label’s key."
)

// needs is what the commands about spans want before they can do anything.
var needs = map[string]string{
	commands.SpanStartOut: chooseFirst, commands.SpanStartIn: chooseFirst,
	commands.SpanEndOut: chooseFirst, commands.SpanEndIn: chooseFirst,
	commands.SpanStartOutChar: chooseFirst, commands.SpanStartInChar: chooseFirst,
	commands.SpanEndOutChar: chooseFirst, commands.SpanEndInChar: chooseFirst,
	commands.SpanMerge: chooseFirst, commands.SpanMergeBetween: chooseFirst,
	commands.SpanDropPart: chooseFirst, commands.SpanNote: chooseFirst,
	commands.SpanAlike: chooseFirst, commands.EditDelete: chooseFirst,
	commands.SpanFill: chooseFirst, commands.SpanSame: chooseFirst, commands.SpanKeep: chooseFirst,
	commands.SpanEntity: chooseFirst,
	commands.SpanQuote:  selectFirst, commands.SpanLabelAll: selectFirst, commands.CodedBefore: selectFirst,
	commands.RelationRetype: relationFirst, commands.RelationReverse: relationFirst,
	commands.SpanInside: tagFirst, commands.SpanAround: tagFirst, commands.SpanList: tagFirst,
	commands.SpanNextPart: tagFirst, commands.SpanNextToo: tagFirst, commands.SpanNextAlikeToo: tagFirst,
	commands.SpanSplit: tagFirst,
	// These only want annotations that can be changed.
	commands.SpanAddPart: "", commands.RelationNew: "", commands.LabelPick: "", commands.LabelArm: "", commands.LabelRepeat: "",
	commands.SpanConvert: "",
}

// reads tells commands that change nothing: they work on the annotations of others.
var reads = map[string]bool{
	commands.SpanInside: true, commands.SpanAround: true, commands.SpanList: true, commands.SpanNextPart: true,
	commands.SpanNextToo: true, commands.SpanNextAlikeToo: true, commands.SpanAlike: true, commands.CodedBefore: true,
}

// bindNeeds has the window say what is missing when the key of a command about
// spans can do nothing.
func (s *shell) bindNeeds() {
	s.table.Stray = s.strayDigit
	s.table.Idle = func(id string) {
		need, known := needs[id]
		known = known || strings.HasPrefix(id, "label.") || strings.HasPrefix(id, "arm.") || strings.HasPrefix(id, commands.RoleOf)
		if !known || !s.article() || s.covered() {
			return
		}
		c, _ := s.table.Command(id)
		why := s.work.session.ReadOnly()
		switch {
		case why != "" && !reads[id]:
			s.work.remark("The annotations cannot be changed", why)
		case strings.HasPrefix(id, commands.RoleOf):
			s.work.noRole(strings.TrimPrefix(id, commands.RoleOf))
		case id == commands.SpanConvert:
			s.work.nothingToConvertTo()
		case need != "":
			s.work.remark(strings.TrimSuffix(c.Title, "…"), need)
		}
	}
}
