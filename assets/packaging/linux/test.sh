#!/bin/sh
# Tests the packages for Linux; test.sh above runs it, as root, and says with what.
#
# First what can be told without running them: the validators of Debian and of the
# desktops, the archive's installer. Then a fresh Debian is made in a folder, the command
# line's package is installed there, works, and gives way to the window's. That is
# driven by the end-to-end tests: the first quote of the sample, by mouse and by keys;
# the export, which is read; and a double click on a project.
#
# LEDE_DEBIAN may name a folder that debootstrap filled before; a copy of it is used.
set -eu
[ "$(id -u)" = 0 ] || {
    echo "The packages are installed into a system of their own, which needs root: sudo make test-packages" >&2
    exit 1
}
[ "${LEDE_UNSHARED:-}" = yes ] || LEDE_UNSHARED=yes exec unshare -m sh "$0"
# What is mounted from here on is seen by nobody else, and gone when this ends.
mount --make-rprivate /

here=$PWD
root=$WORK/root
deb=$(echo "$DIST"/lede_*.deb)
cli=$(echo "$DIST"/lede-cli_*.deb)
archive=$(echo "$DIST"/lede-"$LEDE_VERSION"*.tar.xz)

part() { printf '\n-- %s\n' "$*"; }

part "validators"
dpkg-deb -x "$deb" "$WORK/deb"
desktop-file-validate "$WORK/deb/usr/share/applications/org.lede.Lede.desktop"
appstreamcli validate --no-net "$WORK/deb/usr/share/metainfo/org.lede.Lede.metainfo.xml"
lintian --fail-on error --no-tag-display-limit "$deb" "$cli"
for page in "$WORK"/deb/usr/share/man/man1/*.gz; do
    said=$(man --warnings -E UTF-8 -l "$page" 2>&1 >/dev/null)
    [ -z "$said" ] || { echo "$page: $said" >&2 && exit 1; }
done

part "the archive: installed and taken out again"
tar -C "$WORK" -xJf "$archive"
unpacked=$WORK/$(basename "$archive" .tar.xz)
sh "$unpacked/install.sh" --prefix "$WORK/prefix with blanks"
desktop-file-validate "$WORK/prefix with blanks/share/applications/org.lede.Lede.desktop"
"$WORK/prefix with blanks/bin/lede" version | grep -F "lede $LEDE_VERSION"
sh "$unpacked/install.sh" --prefix "$WORK/prefix with blanks" # again, over itself
sh "$unpacked/install.sh" --prefix "$WORK/prefix with blanks" --uninstall
left=$(find "$WORK/prefix with blanks" -type f ! -name '*cache' ! -path '*/share/mime/*')
[ -z "$left" ] || { echo "left behind: $left" >&2 && exit 1; }

part "a fresh Debian"
# shellcheck disable=SC1091
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
# shellcheck disable=SC2016
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
if [ -n "${LEDE_DEBIAN:-}" ]; then
    cp -a "$LEDE_DEBIAN" "$root"
else
    debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$WORK/debootstrap.log" 2>&1 ||
        { tail -n 20 "$WORK/debootstrap.log" >&2 && exit 1; }
fi
# It gets its packages from where this machine does.
rm -rf "$root/etc/apt/sources.list" "$root/etc/apt/sources.list.d"
cp -R /etc/apt/sources.list* "$root/etc/apt/" 2>/dev/null || true
cp -R /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
for dir in /proc /dev; do mount --rbind "$dir" "$root$dir"; done
cp "$deb" "$cli" "$root/root/"

# inside runs a command in it; the world of its caller does not come along.
inside() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive chroot "$root" "$@"; }
inside apt-get update -q >/dev/null

part "lede-cli"
inside apt-get install -q -y --no-install-recommends "/root/$(basename "$cli")"
cp assets/sample/sample.jsonl "$root/root/"
inside lede version
inside sh -ec 'cd /root; lede new a.lede; lede import a.lede sample.jsonl; lede export a.lede --format jsonl --out a.jsonl; lede check a.lede'
[ "$(wc -l <"$root/root/a.jsonl")" = "$(wc -l <assets/sample/sample.jsonl)" ]

part "lede, in its place"
# What a desktop has: a driver for its screen, and what opens files by their types.
inside apt-get install -q -y --no-install-recommends "/root/$(basename "$deb")" \
    libgl1-mesa-dri xdg-utils libfile-mimeinfo-perl shared-mime-info desktop-file-utils man-db bash-completion
# shellcheck disable=SC2016
if inside dpkg-query -W -f '${db:Status-Status}' lede-cli 2>/dev/null | grep -qx installed; then
    echo "lede-cli is still installed beside lede" >&2
    exit 1
fi
inside lede version
inside sh -ec 'xdg-mime query filetype /root/a.lede | grep -x application/x-lede
    cp /root/a.lede /root/nameless; mimetype --brief --magic-only /root/nameless | grep -x application/x-lede
    xdg-mime query default application/x-lede | grep -x org.lede.Lede.desktop
    bash -c ". /usr/share/bash-completion/bash_completion; _completion_loader lede; complete -p lede"'

part "the window"
# The tests run here and the program there: on the same screen, with the same files.
mount --bind /tmp "$root/tmp"
mkdir -p "$root$here"
mount --bind "$here" "$root$here"
# into PROGRAM writes a command that runs it there, from the same folder.
into() {
    cat >"$WORK/$1" <<END
#!/bin/sh
exec chroot "$root" /bin/sh -c 'cd "\$0" && exec $1 "\$@"' "\$PWD" "\$@"
END
    chmod +x "$WORK/$1"
}
into lede
into xdg-open
(cd "$WORK" && "$WORK/lede" version)
LEDE_E2E=1 LEDE_BIN=$WORK/lede LEDE_OPENER=$WORK/xdg-open TMPDIR=/tmp \
    sh assets/packaging/go.sh test -count=1 -v -run '^(TestFirstQuote|TestExport|TestDoubleClick)$' ./app/e2e

part "removed"
umount "$root$here"
inside apt-get purge -q -y lede
left=$(find "$root/usr" "$root/etc" -name 'lede*' -o -name 'org.lede.*' -o -name '_lede')
[ -z "$left" ] || { echo "left behind: $left" >&2 && exit 1; }
echo "The packages for Linux are good."
