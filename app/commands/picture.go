package commands

// The ids of the commands that show annotations to others.
const (
	FilePicture = "file.picture"
	FilePage    = "file.page"
)
