package storage

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// networkOf is the kind of network folder that a folder is; "" for none.
func networkOf(folder string) string {
	volume := filepath.VolumeName(folder)
	if strings.HasPrefix(volume, `\\`) {
		return "SMB"
	}
	root, err := windows.UTF16PtrFromString(volume + `\`)
	if err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE {
		return "SMB"
	}
	return ""
}
