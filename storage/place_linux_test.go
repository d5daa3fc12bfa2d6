package storage

import "testing"

func TestFuseNetwork(t *testing.T) {
	mounts := `22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
40 22 0:35 / /home/ana/news\040server rw,nosuid - fuse.sshfs ana@host:/ rw
41 22 0:36 / /home/ana/ntfs rw - fuse.ntfs-3g /dev/sdb1 rw
nonsense`
	for folder, want := range map[string]string{
		"/home/ana/news server/2026": "sshfs",
		"/home/ana/news server":      "sshfs",
		"/home/ana/news serverside":  "",
		"/home/ana/ntfs/x":           "",
		"/home/ana":                  "",
	} {
		if got := fuseNetwork(mounts, folder); got != want {
			t.Errorf("%s: %q, want %q", folder, got, want)
		}
	}
}
