package settings

// Picture is how pictures of passages were made last. The zero value is how the
// first one is offered.
type Picture struct {
	Format   string  `json:"format,omitempty"` // svg, png or html; "" = svg
	Dark     bool    `json:"dark,omitempty"`
	NoLabels bool    `json:"no_labels,omitempty"`
	Links    bool    `json:"links,omitempty"`
	Title    bool    `json:"title,omitempty"`
	Width    float32 `json:"width,omitempty"`  // pixels; 0 = as in the window
	Scale    float32 `json:"scale,omitempty"`  // of png; 0 = 2
	Folder   string  `json:"folder,omitempty"` // "" = beside the project
}
