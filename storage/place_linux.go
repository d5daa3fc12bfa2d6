package storage

import (
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// networks are file systems of other computers, by their magic numbers.
var networks = map[uint32]string{
	unix.NFS_SUPER_MAGIC:  "NFS",
	unix.SMB_SUPER_MAGIC:  "SMB",
	unix.SMB2_SUPER_MAGIC: "SMB",
	unix.CIFS_SUPER_MAGIC: "SMB",
	unix.AFS_SUPER_MAGIC:  "AFS",
	unix.CODA_SUPER_MAGIC: "Coda",
	unix.CEPH_SUPER_MAGIC: "Ceph",
	unix.V9FS_MAGIC:       "9P",
}

// networkOf is the kind of network folder that a folder is; "" for none.
func networkOf(folder string) string {
	var fs unix.Statfs_t
	if err := unix.Statfs(folder, &fs); err != nil {
		return ""
	}
	magic := uint32(fs.Type) //nolint:gosec // the kernel's numbers have 32 bits, its types differ
	if magic != unix.FUSE_SUPER_MAGIC {
		return networks[magic]
	}
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return ""
	}
	return fuseNetwork(string(mounts), folder)
}

// fuses are file systems of other computers that programs make, by their types.
var fuses = map[string]string{
	"fuse.sshfs": "sshfs", "fuse.rclone": "rclone", "fuse.gvfsd-fuse": "GVfs", "fuse.davfs": "WebDAV", "fuse.davfs2": "WebDAV",
	"fuse.s3fs": "S3", "fuse.gcsfuse": "Google Cloud", "fuse.glusterfs": "GlusterFS", "fuse.curlftpfs": "FTP", "fuse.kio-fuse": "KIO",
}

// fuseNetwork finds a folder among the mounts of the system, each a line whose fifth
// field is its place and whose type follows a dash.
func fuseNetwork(mounts, folder string) string {
	kind, longest := "", -1
	unescape := strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`)
	for _, line := range strings.Split(mounts, "\n") {
		before, after, ok := strings.Cut(line, " - ")
		fields := strings.Fields(before)
		if !ok || len(fields) < 5 {
			continue
		}
		at := unescape.Replace(fields[4])
		if len(at) >= longest && (at == "/" || folder == at || strings.HasPrefix(folder, at+"/")) {
			kind, _, _ = strings.Cut(after, " ")
			longest = len(at)
		}
	}
	return fuses[kind]
}
