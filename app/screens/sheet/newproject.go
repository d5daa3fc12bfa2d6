package sheet

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"lede/annotate"
)

// NewProject is the path of a project that is to be made, of a folder and a name as they
// were typed. The error says what is wrong with the name, or that it is taken.
func NewProject(folder, name string) (path string, err error) {
	name = strings.TrimSuffix(strings.TrimSpace(name), annotate.ProjectEnding)
	if name == "" {
		return "", &annotate.Error{Kind: annotate.ErrInvalid, Detail: "please give the project a name."}
	}
	if err := annotate.CheckProjectName("", name); err != nil {
		var refused *annotate.Error
		if errors.As(err, &refused) {
			refused.Subject = "" // it stands in the field
		}
		return "", err
	}
	path = filepath.Join(Long(folder), name+annotate.ProjectEnding)
	if _, err := os.Lstat(path); err == nil {
		return "", &annotate.Error{Kind: annotate.ErrExists, Detail: "there is a file of that name.", Hint: "Choose another name."}
	}
	return path, nil
}
