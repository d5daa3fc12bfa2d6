package commands

import "fyne.io/fyne/v2"

// The ids of the commands. Labels have LabelID and ArmID.
const (
	FileNew       = "file.new"
	FileOpen      = "file.open"
	FileRecent    = "file.recent"
	FileSample    = "file.sample"
	FileImport    = "file.import"
	FilePaste     = "file.paste"
	FileExport    = "file.export"
	FileDuplicate = "file.duplicate"
	FileBackup    = "file.backup"
	FileCompact   = "file.compact"
	FileShrink    = "file.shrink"
	FileCheck     = "file.check"
	FileRestore   = "file.restore"
	FileSnapshots = "file.snapshots"
	FileClose     = "file.close"
	FileQuit      = "file.quit"
	Preferences   = "app.preferences"

	EditUndo      = "edit.undo"
	EditRedo      = "edit.redo"
	EditCopy      = "edit.copy"
	EditCite      = "edit.cite"
	EditSelectAll = "edit.selectAll"
	EditDelete    = "edit.delete"
	Find          = "find"
	FindNext      = "find.next"
	FindPrevious  = "find.previous"
	FindWord      = "find.word"
	FindCase      = "find.case"
	FindRegexp    = "find.regexp"
	Search        = "search"
	SearchProject = "search.project"

	LabelPick    = "label.pick"
	LabelRepeat  = "label.repeat"
	LabelArm     = "label.arm"
	SpanNext     = "span.next"
	SpanPrevious = "span.previous"
	SpanStartOut = "span.startOut"
	SpanStartIn  = "span.startIn"
	SpanEndOut   = "span.endOut"
	SpanEndIn    = "span.endIn"
	SpanAddPart  = "span.addPart"
	SpanDropPart = "span.removePart"
	SpanNote     = "span.note"
	SpanLabelAll = "span.labelAll"
	CodedBefore  = "coded.before"

	RelationNew     = "relation.new"
	RelationRetype  = "relation.type"
	RelationReverse = "relation.reverse"
	ViewRelations   = "view.relations"

	Escape = "escape"

	Granularity    = "granularity"
	GranularityOf  = "granularity." // + character, word, sentence
	AnnotatorPick  = "annotator.switch"
	DoneNext       = "done.next"
	ArticleNext    = "article.next"
	ArticlePrev    = "article.previous"
	ArticleDone    = "article.done"
	ArticleReopen  = "article.reopen"
	ArticleSkip    = "article.skip"
	ArticleBin     = "article.bin"
	BinShow        = "article.binned"
	BinRestore     = "article.restore"
	BinPurge       = "article.purge"
	ArticleFlag    = "article.flag"
	ArticleNote    = "article.note"
	ArticleFacts   = "article.facts"
	SavedFilters   = "article.filters"
	DrawSample     = "article.sample"
	ArticlesBulk   = "article.bulk"
	GoTo           = "article.goTo"
	PlaceBack      = "place.back"
	PlaceForward   = "place.forward"
	ViewZoomIn     = "view.zoomIn"
	ViewZoomOut    = "view.zoomOut"
	ViewZoomReset  = "view.zoomReset"
	ViewLight      = "view.light"
	ViewDark       = "view.dark"
	ViewSystem     = "view.system"
	ViewChips      = "view.chips"
	ViewLeft       = "view.leftPanel"
	ViewRight      = "view.rightPanel"
	ViewBeside     = "view.beside"
	ViewSwap       = "view.swap"
	ViewFullScreen = "view.fullScreen"
	ViewNextPart   = "view.nextPart"
	ViewPrevPart   = "view.previousPart"
	Palette        = "palette"
	HelpShortcuts  = "help.shortcuts"
	HelpKeys       = "help.keys"
	HelpAbout      = "help.about"
)

// Groups lists the headings of the shortcut sheet in their order.
var Groups = []string{"Tagging", "Spans", "Selecting and reading", "Articles", "Window", "Project"}

// list is the table. Rules that the tests hold: no two commands share a key on
// any system; no Alt and no Ctrl+Alt (AltGr, window managers, input methods); a
// key that some system or layout eats has a second one.
func list() []Command {
	var all []Command
	for _, part := range [][]Command{fileCommands(), editCommands(), tagCommands(), roleCommands(), spanCommands(), shapeCommands(), formCommands(), entityCommands(), textCommands(), screenCommands(), articleCommands(), fieldCommands(), warningCommands(), copiesCommands(), viewCommands(), historyCommands(), readingCommands(), helpCommands()} {
		all = append(all, part...)
	}
	return append(all, schemaCommands()...)
}

func fileCommands() []Command {
	return []Command{
		{ID: FileNew, Title: "New project…", Menu: File, Group: "Project", Keys: keys(mod(fyne.KeyN))},
		{ID: FileOpen, Title: "Open project…", Menu: File, Group: "Project", Keys: keys(mod(fyne.KeyO))},
		{ID: FileRecent, Title: "Open recent", Menu: File, Group: "Project", Keys: keys(modShift(fyne.KeyO))},
		{ID: FileSample, Title: "Open the sample project", Menu: File, Group: "Project", EndsSection: true},
		{ID: FileImport, Title: "Import articles…", Menu: File, Group: "Project", Keys: keys(mod(fyne.KeyI))},
		{ID: FilePaste, Title: "Paste article…", Menu: File, Group: "Project", Keys: keys(modShift(fyne.KeyV)), Help: "Makes an article of the text on the clipboard."},
		{ID: FileExport, Title: "Export…", Menu: File, Group: "Project", Keys: keys(mod(fyne.KeyE))},
		{ID: FilePicture, Title: "Picture of the passage…", Menu: File, Group: "Project", Help: "The selection, the chosen span's sentence or the article as SVG or PNG, for a paper or a talk."},
		{ID: FilePage, Title: "Save annotated page (HTML)…", Menu: File, Group: "Project", Help: "The article with its spans, to be read in a browser, mailed and printed.", EndsSection: true},
		{ID: FileDuplicate, Title: "Duplicate project…", Menu: File, Group: "Project", Keys: keys(modShift(fyne.KeyS)), Help: "Goes on in a copy of the project; this one stays as it is."},
		{ID: FileBackup, Title: "Back up project…", Menu: File, Group: "Project"},
		{ID: FileRestore, Title: "Restore from backup…", Menu: File, Group: "Project", Help: "Shows what the project can go back to, and what would change."},
		{ID: FileCompact, Title: "Compact the history…", Menu: File, Group: "Project", Help: "Gives up old changes; says first which."},
		{ID: FileShrink, Title: "Make the file smaller…", Menu: File, Group: "Project", Help: "Gives back the room that deleted things left in the file."},
		{ID: FileCheck, Title: "Check project", Menu: File, Group: "Project", EndsSection: true, Help: "Reads everything in it and looks for damage."},
		{ID: Preferences, Title: "Preferences…", Menu: File, Group: "Project", Keys: keys(mod(fyne.KeyComma))},
		{ID: FileSnapshots, Title: "Backups: how many, and where…", Menu: File, Group: "Project", EndsSection: true},
		{ID: FileClose, Title: "Close project", Menu: File, Group: "Project", Keys: keys(mod(fyne.KeyW))},
		{ID: FileQuit, Title: "Quit", Menu: File, Group: "Project", Keys: keys(mod(fyne.KeyQ))},
	}
}

func editCommands() []Command {
	redo := keys(modShift(fyne.KeyZ), mod(fyne.KeyY))
	return []Command{
		{ID: EditUndo, Title: "Undo", Menu: Edit, Group: "Tagging", Keys: keys(mod(fyne.KeyZ)), Field: true, Repeats: true},
		{ID: EditRedo, Title: "Redo", Menu: Edit, Group: "Tagging", Keys: redo, MacKeys: keys(modShift(fyne.KeyZ)), Field: true, Repeats: true, EndsSection: true},
		{ID: EditCopy, Title: "Copy text", Menu: Edit, Group: "Selecting and reading", Keys: keys(mod(fyne.KeyC)), Field: true, Help: "The selected text, or the text of the chosen span."},
		{ID: EditCite, Title: "Copy with citation", Menu: Edit, Group: "Selecting and reading", Keys: keys(modShift(fyne.KeyC)), Help: "The text with title, source, date, address and offsets."},
		{ID: EditSelectAll, Title: "Select all", Menu: Edit, Group: "Selecting and reading", Keys: keys(mod(fyne.KeyA)), Field: true},
		{ID: EditDelete, Title: "Delete span", Menu: Edit, Group: "Tagging", Keys: keys(key(fyne.KeyDelete), key(fyne.KeyBackspace)), MacKeys: keys(key(fyne.KeyBackspace), key(fyne.KeyDelete)), EndsSection: true, Help: "The chosen relation; without one the chosen span, whose relations go with it."},
		{ID: Find, Title: "Find in the article", Menu: Edit, Group: "Selecting and reading", Keys: keys(mod(fyne.KeyF)), Help: "What is selected, or what was looked for last."},
		{ID: FindNext, Title: "Next place", Menu: Edit, Group: "Selecting and reading", Keys: keys(key(fyne.KeyF3), mod(fyne.KeyG)), MacKeys: keys(mod(fyne.KeyG), key(fyne.KeyF3)), Repeats: true, Help: "It is selected, so that a label's key labels it."},
		{ID: FindPrevious, Title: "Previous place", Menu: Edit, Group: "Selecting and reading", Keys: keys(shift(fyne.KeyF3), modShift(fyne.KeyG)), MacKeys: keys(modShift(fyne.KeyG), shift(fyne.KeyF3)), Repeats: true, EndsSection: true},
		{ID: FindWord, Title: "Find whole words only", Group: "Selecting and reading", Keys: keys(modShift(fyne.KeyW))},
		{ID: FindCase, Title: "Find with upper and lower case", Group: "Selecting and reading", Keys: keys(modShift(fyne.KeyI))},
		{ID: FindRegexp, Title: "Find by regular expression", Group: "Selecting and reading", Keys: keys(modShift(fyne.KeyR))},
		{ID: Search, Title: "Search articles", Menu: Edit, Group: "Articles", Keys: keys(mod(fyne.KeyK))},
		{ID: SearchProject, Title: "Search the project…", Menu: Edit, Group: "Articles", Keys: keys(modShift(fyne.KeyF)), Help: "Words and phrases in all texts and in all annotations, with the places where they stand."},
	}
}

func tagCommands() []Command {
	return []Command{
		{ID: LabelPick, Title: "Choose a label…", Menu: Annotate, Group: "Tagging", Keys: keys(key(fyne.KeyReturn), key(fyne.KeyEnter), key(fyne.KeyL)), Help: "Type a part of its name, Enter gives it to the selection or the chosen span."},
		{ID: LabelRepeat, Title: "Repeat the last label", Menu: Annotate, Group: "Tagging", Keys: keys(char('.'), key(fyne.KeyT))},
		{ID: LabelArm, Title: "Arm a label…", Menu: Annotate, Group: "Tagging", Keys: keys(shift(fyne.KeyL)), EndsSection: true, Help: "Every selection gets the armed label until Esc."},
	}
}

func spanCommands() []Command {
	return []Command{
		{ID: SpanLabelAll, Title: "Label all like this…", Menu: Annotate, Group: "Spans", Keys: keys(key(fyne.KeyO)), EndsSection: true, Help: "Every other place with the words of the selection or the chosen span, in the article or the whole project."},
		{ID: SpanNext, Title: "Next span", Menu: Annotate, Group: "Spans", Keys: keys(key(fyne.KeyTab)), Repeats: true},
		{ID: SpanPrevious, Title: "Previous span", Menu: Annotate, Group: "Spans", Keys: keys(shift(fyne.KeyTab)), Repeats: true, EndsSection: true},
		{ID: SpanStartOut, Title: "Move the start outwards", Menu: Annotate, Group: "Spans", Keys: keys(char('['), key(fyne.KeyS)), Repeats: true, Help: "By a word, or a character when selections snap to characters."},
		{ID: SpanStartIn, Title: "Move the start inwards", Menu: Annotate, Group: "Spans", Keys: keys(char('{'), shift(fyne.KeyS)), Repeats: true},
		{ID: SpanEndOut, Title: "Move the end outwards", Menu: Annotate, Group: "Spans", Keys: keys(char(']'), key(fyne.KeyE)), Repeats: true},
		{ID: SpanEndIn, Title: "Move the end inwards", Menu: Annotate, Group: "Spans", Keys: keys(char('}'), shift(fyne.KeyE)), Repeats: true, EndsSection: true},
		{ID: SpanAddPart, Title: "Add the selection to the span", Menu: Annotate, Group: "Spans", Keys: keys(char('+'), key(fyne.KeyA)), Help: "A split quote is one span of several parts."},
		{ID: SpanDropPart, Title: "Remove a part of the span", Menu: Annotate, Group: "Spans", Keys: keys(char('-'), shift(fyne.KeyA))},
		{ID: SpanNote, Title: "Note on the span", Menu: Annotate, Group: "Spans", Keys: keys(key(fyne.KeyN))},
		{ID: CodedBefore, Title: "Coded before as…", Menu: Annotate, Group: "Tagging", Keys: keys(key(fyne.KeyW)), EndsSection: true, Help: "How the selected words were labelled before, here and in other articles, and by whom."},
		{ID: RelationNew, Title: "Relate to another span…", Menu: Annotate, Group: "Spans", Keys: keys(key(fyne.KeyR)), Help: "Then type the letters at the other span, or click it. By mouse: drag from label to label."},
		{ID: RelationRetype, Title: "Change the relation’s type…", Menu: Annotate, Group: "Spans"},
		{ID: RelationReverse, Title: "Reverse the relation", Menu: Annotate, Group: "Spans", EndsSection: true},
		{ID: Granularity, Title: "Snap selections to…", Menu: Annotate, Group: "Tagging", Keys: keys(key(fyne.KeyG)), Help: "Words, then characters, then sentences."},
		{ID: GranularityOf + "word", Title: "Snap to words", Menu: NoMenu, Group: "Tagging"},
		{ID: GranularityOf + "character", Title: "Snap to characters", Menu: NoMenu, Group: "Tagging"},
		{ID: GranularityOf + "sentence", Title: "Snap to sentences", Menu: NoMenu, Group: "Tagging"},
		{ID: AnnotatorPick, Title: "Switch annotator…", Menu: Annotate, Group: "Articles", Keys: keys(modShift(fyne.KeyA))},
	}
}

// textCommands are what the text view does with keys itself.
func textCommands() []Command {
	group := "Selecting and reading"
	up, down, left, right := fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight
	option := func(k fyne.KeyName) Shortcut { return Shortcut{Key: k, Mods: fyne.KeyModifierAlt} }
	return []Command{
		{ID: Escape, Title: "Back to the text", Group: group, Keys: keys(key(fyne.KeyEscape)), Help: "Closes what is open, then lets go of the selection, the armed label, the chosen span."},
		{ID: "text.move", Title: "Move by a character, a line", Group: group, ByText: true, Keys: keys(key(left), key(right), key(up), key(down))},
		{ID: "text.word", Title: "Move by a word", Group: group, ByText: true, Keys: keys(mod(left), mod(right)), MacKeys: keys(option(left), option(right))},
		{ID: "text.extend", Title: "Select while moving", Group: group, ByText: true, Keys: keys(shift(left), shift(right), shift(up), shift(down)), Help: "Shift with any of the keys that move."},
		{ID: "text.line", Title: "Start, end of the line", Group: group, ByText: true, Keys: keys(key(fyne.KeyHome), key(fyne.KeyEnd)), MacKeys: keys(mod(left), mod(right), key(fyne.KeyHome), key(fyne.KeyEnd))},
		{ID: "text.ends", Title: "Start, end of the article", Group: group, ByText: true, Keys: keys(mod(fyne.KeyHome), mod(fyne.KeyEnd)), MacKeys: keys(mod(up), mod(down), mod(fyne.KeyHome), mod(fyne.KeyEnd))},
		{ID: "text.page", Title: "Page down, page up", Group: group, ByText: true, Keys: keys(key(fyne.KeySpace), shift(fyne.KeySpace), key(fyne.KeyPageDown), key(fyne.KeyPageUp))},
	}
}

func articleCommands() []Command {
	next := keys(mod(fyne.KeyDown), mod(fyne.KeyPageDown), key(fyne.KeyJ))
	previous := keys(mod(fyne.KeyUp), mod(fyne.KeyPageUp), key(fyne.KeyK))
	return []Command{
		{ID: DoneNext, Title: "Done, next article", Menu: Article, Group: "Articles", Keys: keys(mod(fyne.KeyReturn), mod(fyne.KeyEnter)), Once: true},
		{ID: ArticleNext, Title: "Next article", Menu: Article, Group: "Articles", Keys: next, MacKeys: next[1:], Repeats: true},
		{ID: ArticlePrev, Title: "Previous article", Menu: Article, Group: "Articles", Keys: previous, MacKeys: previous[1:], Repeats: true, EndsSection: true},
		{ID: ArticleDone, Title: "Mark as done", Menu: Article, Group: "Articles", Keys: keys(modShift(fyne.KeyReturn), modShift(fyne.KeyEnter)), Help: "And stay on the article."},
		{ID: ArticleReopen, Title: "Mark as in progress", Menu: Article, Group: "Articles"},
		{ID: ArticleSkip, Title: "Skip the article…", Menu: Article, Group: "Articles", Keys: keys(modShift(fyne.KeyK)), Help: "It is not relevant; say why."},
		{ID: ArticleBin, Title: "Move to the bin", Menu: Article, Group: "Articles", Help: "With all annotations. It can be restored."},
		{ID: BinShow, Title: "Articles in the bin", Menu: Article, Group: "Articles", Help: "The filter in:bin. A click with the right button restores."},
		{ID: BinRestore, Title: "Restore from the bin", Menu: Article, Group: "Articles", Help: "The selected articles, or all that the list shows of the bin."},
		{ID: BinPurge, Title: "Delete for good…", Menu: Article, Group: "Articles", Help: "The selected articles in the bin, or all that the list shows of it, with all that the file knows of them."},
		{ID: ArticleFlag, Title: "Flag the article…", Menu: Article, Group: "Articles", Keys: keys(key(fyne.KeyF)), Help: "A question to whoever leads the project."},
		{ID: ArticleNote, Title: "Note on the article", Menu: Article, Group: "Articles", Keys: keys(shift(fyne.KeyN))},
		{ID: ArticleFacts, Title: "Edit the facts…", Menu: Article, Group: "Articles", Keys: keys(modShift(fyne.KeyX)), EndsSection: true, Help: "Title, publisher, byline, date, language, address, tags and facts of your own."},
		{ID: SavedFilters, Title: "Saved filters…", Menu: Article, Group: "Articles", Keys: keys(mod(fyne.KeyR)), Help: "Filters of the list under names; saves what stands in the search field."},
		{ID: ArticlesBulk, Title: "Selected articles…", Menu: Article, Group: "Articles", Keys: keys(mod(fyne.KeyT)), Help: "Marks, tags, assigns, exports or deletes the articles that are selected in the list."},
		{ID: DrawSample, Title: "Sample…", Menu: Article, Group: "Articles", Help: "Draws articles of the list at random, from every source, month and so on, and tags them."},
		{ID: GoTo, Title: "Go to article…", Menu: Article, Group: "Articles", Keys: keys(mod(fyne.KeyP)), Help: "By a part of its title, its id, or its number as #12."},
		{ID: PlaceBack, Title: "Back", Menu: Article, Group: "Articles", Keys: keys(key(fyne.KeyB), mod(fyne.KeyLeftBracket)), Repeats: true, Help: "To where you were before you opened another article or jumped."},
		{ID: PlaceForward, Title: "Forward", Menu: Article, Group: "Articles", Keys: keys(shift(fyne.KeyB), mod(fyne.KeyRightBracket)), Repeats: true},
	}
}

func viewCommands() []Command {
	zoomIn := keys(mod(fyne.KeyPlus), mod(fyne.KeyEqual), modShift(fyne.KeyEqual), modShift(fyne.KeyPlus))
	full := Shortcut{Key: fyne.KeyF, Mods: Mod | fyne.KeyModifierControl}
	return []Command{
		{ID: ViewLeft, Title: "Show articles", Menu: View, Group: "Window", Keys: keys(key(fyne.KeyF7), mod(fyne.KeyB)), MacKeys: keys(mod(fyne.KeyB), key(fyne.KeyF7))},
		{ID: ViewRight, Title: "Show inspector", Menu: View, Group: "Window", Keys: keys(key(fyne.KeyF8), modShift(fyne.KeyB)), MacKeys: keys(modShift(fyne.KeyB), key(fyne.KeyF8))},
		{ID: ViewBeside, Title: "Second article beside", Menu: View, Group: "Window", Keys: keys(key(fyne.KeyY)), Help: "Shows another article, or another place of the same one, beside the text."},
		{ID: ViewSwap, Title: "Swap the two articles", Menu: View, Group: "Window", Keys: keys(shift(fyne.KeyY)), Help: "The second one becomes the one that is worked on."},
		{ID: ViewChips, Title: "Show labels above spans", Menu: View, Group: "Window", Keys: keys(key(fyne.KeyH), modShift(fyne.KeyH))},
		{ID: ViewRelations, Title: "Show all relations", Menu: View, Group: "Window", Keys: keys(shift(fyne.KeyR)), EndsSection: true, Help: "Not only those of the chosen span."},
		{ID: ViewZoomIn, Title: "Zoom in", Menu: View, Group: "Window", Keys: zoomIn, Repeats: true},
		{ID: ViewZoomOut, Title: "Zoom out", Menu: View, Group: "Window", Keys: keys(mod(fyne.KeyMinus), modShift(fyne.KeyMinus)), Repeats: true},
		{ID: ViewZoomReset, Title: "Actual size", Menu: View, Group: "Window", Keys: keys(mod(fyne.Key0)), EndsSection: true},
		{ID: ViewLight, Title: "Light colours", Menu: View, Group: "Window", Keys: keys(modShift(fyne.KeyL))},
		{ID: ViewDark, Title: "Dark colours", Menu: View, Group: "Window", Keys: keys(modShift(fyne.KeyD))},
		{ID: ViewSystem, Title: "Colours like the system", Menu: View, Group: "Window", EndsSection: true},
		{ID: ViewFullScreen, Title: "Full screen", Menu: View, Group: "Window", Keys: keys(key(fyne.KeyF11)), MacKeys: keys(full)},
		{ID: ViewNextPart, Title: "Next part of the window", Group: "Window", Keys: keys(key(fyne.KeyF6)), Help: "From the articles to the text, the second article and the inspector."},
		{ID: ViewPrevPart, Title: "Previous part of the window", Group: "Window", Keys: keys(shift(fyne.KeyF6))},
	}
}

func helpCommands() []Command {
	return []Command{
		{ID: HelpShortcuts, Title: "Keyboard shortcuts", Menu: Help, Group: "Window", Keys: keys(key(fyne.KeyF1), mod(fyne.KeySlash), char('?')), MacKeys: keys(mod(fyne.KeySlash), key(fyne.KeyF1), char('?'))},
		{ID: HelpKeys, Title: "Change shortcuts…", Menu: Help, Group: "Window", Help: "Other keys for any command, a set for one hand, key maps in files."},
		{ID: Palette, Title: "All commands…", Menu: Help, Group: "Window", Keys: keys(modShift(fyne.KeyP)), EndsSection: true},
		{ID: HelpAbout, Title: "About Lede", Menu: Help, Group: "Window"},
	}
}
