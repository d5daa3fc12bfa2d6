package commands

import "fyne.io/fyne/v2"

// The commands of entities.
const (
	SpanEntity   = "span.entity"
	SpanLinkSame = "span.linkSame"
	SpanUnlink   = "span.unlink"
	EntityList   = "entity.list"
)

func entityCommands() []Command {
	return []Command{
		{ID: SpanEntity, Title: "Entity of the span…", Menu: Annotate, Group: "Spans", Keys: keys(shift(fyne.KeyO)), Help: "The actor, event or place that the span stands for: likely ones first, or type a name."},
		{ID: SpanLinkSame, Title: "Link all the same in this article", Menu: Annotate, Group: "Spans", Help: "Every span with the label and the words of the chosen one gets its entity."},
		{ID: SpanUnlink, Title: "Unlink from the entity", Menu: Annotate, Group: "Spans", EndsSection: true},
		{ID: EntityList, Title: "Entities…", Menu: Project, Group: "Project", Keys: keys(modShift(fyne.KeyE), modShift(fyne.KeyN)), EndsSection: true, Help: "Actors, events and places of the project, with all their mentions; merging, splitting, and lists of them."},
	}
}
