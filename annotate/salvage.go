package annotate

// Salvaged says what came out of a damaged project.
type Salvaged struct {
	Path      string // of the new project
	Articles  int    // without those in the bin
	Binned    int    // articles in the bin
	Spans     int
	Relations int
	// Rebuilt counts records whose rows could not be read and that were put
	// together from what else the file says of them.
	Rebuilt int
	// Lost lists what could not be brought along, or less than whole: articles by
	// their titles first.
	Lost []Problem
}
