package storage

import (
	"strings"

	"golang.org/x/sys/unix"
)

// networkOf is the kind of network folder that a folder is; "" for none.
func networkOf(folder string) string {
	var fs unix.Statfs_t
	if err := unix.Statfs(folder, &fs); err != nil || fs.Flags&unix.MNT_LOCAL != 0 {
		return ""
	}
	kind := unix.ByteSliceToString(fs.Fstypename[:])
	if known := map[string]string{"nfs": "NFS", "smbfs": "SMB", "afpfs": "AFP", "webdav": "WebDAV", "macfuse": "sshfs", "osxfuse": "sshfs"}[kind]; known != "" {
		return known
	}
	return strings.ToUpper(kind)
}
