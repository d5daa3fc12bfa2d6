#!/bin/sh
# Tests the packages for Linux; test.sh above runs it, as root, and says with what.
#
# First what can be told without running them: the validators of Debian and of the
# desktops, the archive's installer. Then a fresh Debian is made in a folder, the command
# line's package is installed there, works, and gives way to the window's. That is
# driven by the end-to-end tests: the first quote of the sample, by mouse and by keys;
# the export, which is read; and a double click on a project. At last the others are
# installed there: the .rpm, Arch's, the archive, for everybody and for one person. Of
# each is said how large it is and how long its window takes to open.
#
# LEDE_DEBIAN may name a folder that debootstrap filled before; a copy of it is used.
set -eu
# shellcheck source=assets/packaging/common.sh
. assets/packaging/common.sh
[ "$(id -u)" = 0 ] || {
    echo "The packages are installed into a system of their own, which needs root: sudo make test-packages" >&2
    exit 1
}
[ "${LEDE_UNSHARED:-}" = yes ] || LEDE_UNSHARED=yes exec unshare -m sh "$0"
# What is mounted from here on is seen by nobody else, and gone when this ends.
mount --make-rprivate /
screen=''
trap '[ -z "$screen" ] || kill "$screen" 2>/dev/null || true' EXIT
trap 'exit 1' HUP INT TERM

here=$PWD
root=$WORK/root
deb=$(echo "$DIST"/lede_*.deb)
cli=$(echo "$DIST"/lede-cli_*.deb)
rpm=$(echo "$DIST"/lede-[0-9]*.rpm)
arch=$(echo "$DIST"/lede-[0-9]*.pkg.tar.zst)
archive=$(echo "$DIST"/lede-[0-9]*.tar.xz)

part() { printf '\n-- %s\n' "$*"; }
die() {
    echo "FAILED: $*" >&2
    exit 1
}

# nothing FOLDER… fails if anything there is called Lede. A folder may be gone, too.
nothing() {
    left=$(for folder in "$@"; do
        [ ! -e "$folder" ] || find "$folder" -name 'lede*' -o -name 'org.lede.*' -o -name '_lede'
    done)
    [ -z "$left" ] || die "left behind: $left"
}

part "validators"
dpkg-deb -x "$deb" "$WORK/deb"
desktop-file-validate "$WORK/deb/usr/share/applications/org.lede.Lede.desktop"
appstreamcli validate --no-net "$WORK/deb/usr/share/metainfo/org.lede.Lede.metainfo.xml"
lintian --fail-on error --no-tag-display-limit "$deb" "$cli"
for page in "$WORK"/deb/usr/share/man/man1/*.gz; do
    said=$(man --warnings -E UTF-8 -l "$page" 2>&1 >/dev/null)
    [ -z "$said" ] || die "$page: $said"
done

part "the same in each package"
mkdir "$WORK/rpm" "$WORK/arch"
(cd "$WORK/rpm" && rpm2cpio "$rpm" | cpio -id --quiet --no-absolute-filenames)
tar -C "$WORK/arch" --zstd -xf "$arch"
tar -C "$WORK" -xJf "$archive"
unpacked=$WORK/$(basename "$archive" .tar.xz)
diff -r --exclude=vendor-completions "$WORK/deb/usr" "$WORK/rpm/usr"
diff -r --exclude=vendor-completions "$WORK/deb/usr" "$WORK/arch/usr"
diff -r --exclude=vendor-completions --exclude=lintian "$WORK/deb/usr/share" "$unpacked/share"
cmp "$WORK/deb/usr/bin/lede" "$unpacked/bin/lede"
for file in man/man1/lede.1.gz bash-completion/completions/lede zsh/vendor-completions/_lede fish/vendor_completions.d/lede.fish \
    doc/lede/copyright doc/lede/licences.txt applications/org.lede.Lede.desktop icons/hicolor/16x16/apps/org.lede.Lede.png; do
    [ -s "$WORK/deb/usr/share/$file" ] || die "the packages lack share/$file"
done

part "the archive: installed into a folder and taken out again"
sh "$unpacked/install.sh" --prefix "$WORK/prefix with blanks"
desktop-file-validate "$WORK/prefix with blanks/share/applications/org.lede.Lede.desktop"
"$WORK/prefix with blanks/bin/lede" version | grep -F "lede $LEDE_VERSION"
sh "$unpacked/install.sh" --prefix "$WORK/prefix with blanks" # again, over itself
sh "$unpacked/install.sh" --prefix "$WORK/prefix with blanks" --uninstall
left=$(find "$WORK/prefix with blanks" -type f ! -name '*cache' ! -path '*/share/mime/*')
[ -z "$left" ] || die "left behind: $left"

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
cat >"$WORK/inside" <<END
#!/bin/sh
exec env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive chroot "$root" "\$@"
END
chmod +x "$WORK/inside"
inside() { "$WORK/inside" "$@"; }
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
    die "lede-cli is still installed beside lede"
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

umount "$root$here"

# start FILE PROGRAM says how large a package is, and how long the program in it takes
# from its start to the open article: the middle of five times, after one that is not
# counted; the screen is drawn by the processor.
start() {
    for i in 0 1 2 3 4 5; do
        rm -f "$root/root/probe"
        began=$(now)
        "$WORK/inside" env "DISPLAY=$DISPLAY" LEDE_PROBE=/root/probe LIBGL_ALWAYS_SOFTWARE=1 "$2" --sample >"$WORK/said" 2>&1 &
        started=$!
        opened "$root/root/probe" || die "$2 did not open the sample: $(cat "$WORK/said")"
        [ "$i" = 0 ] || echo $(($(now) - began))
        # By this a desktop knows which icon a window belongs to.
        [ "$i" != 5 ] || xdotool search --onlyvisible --class "^$class\$" >/dev/null ||
            die "there is no window of the class $class, which the menu's entry names"
        kill "$started"
        wait "$started" || true
    done >"$WORK/times"
    echo "$(basename "$1"): $(megabytes "$(wc -c <"$1")") to download, $(megabytes "$(installed "$WORK/deb/usr")") on the disk, start $(sort -n "$WORK/times" | sed -n 3p) ms"
}
screen
class=$(sed -n 's/^StartupWMClass=//p' "$WORK/deb/usr/share/applications/org.lede.Lede.desktop")
start "$deb" lede

part "removed"
inside apt-get purge -q -y lede
nothing "$root/usr" "$root/etc"
inside test -s /root/a.lede || die "the project is gone"
find "$root/root" -name state.json | grep -q . || die "the settings are gone"

part "the .rpm"
# What it asks for are libraries, by the names that rpm itself finds in them. Those of this
# system are put into a package without files, so that rpm can tell whether that is right.
find "$root/usr/lib" -name '*.so*' -type f | /usr/lib/rpm/elfdeps --provides | sort -u >"$WORK/libraries"
{
    printf 'name: libraries\narch: all\nversion: 1.0.0\nmaintainer: nobody\ndescription: libraries\nprovides:\n'
    sed 's/.*/  - "&"/' "$WORK/libraries"
} >"$WORK/libraries.yaml"
sh assets/packaging/nfpm.sh package --config "$WORK/libraries.yaml" --packager rpm --target "$WORK/libraries.rpm" >/dev/null
rpm --root "$root" -U "$(echo "$DIST"/lede-cli-*.rpm)"
inside lede version
if rpm --root "$root" -U "$rpm" 2>"$WORK/said"; then die "the .rpm asks for no libraries"; fi
grep -F 'libGL.so.1()(64bit) is needed by lede' "$WORK/said"
rpm --root "$root" -U "$WORK/libraries.rpm"
rpm --root "$root" -U "$rpm"
rpm --root "$root" -q lede
if rpm --root "$root" -q lede-cli; then die "lede-cli is still installed beside lede"; fi
rpm --root "$root" -V lede
start "$rpm" lede
rpm --root "$root" -e lede
nothing "$root/usr" "$root/etc"

part "Arch's package"
if command -v pacman >/dev/null 2>&1; then
    mkdir -p "$root/var/lib/pacman"
    # Its libraries are not Arch's, so pacman is told not to look for them.
    alpm() { pacman --root "$root" --dbpath "$root/var/lib/pacman" --cachedir "$WORK/cache" --hookdir "$WORK/hooks" --noconfirm "$@"; }
    alpm -Udd "$arch"
    alpm -Qkk lede
    start "$arch" lede
    alpm -R lede
    nothing "$root/usr" "$root/etc"
else
    echo "There is no pacman here: only what is in the package was looked at."
fi

part "the archive"
cp -R "$unpacked" "$root/opt/lede"
inside sh /opt/lede/install.sh
start "$archive" lede
inside xdg-mime query default application/x-lede | grep -x org.lede.Lede.desktop
inside sh /opt/lede/install.sh --uninstall
nothing "$root/usr" "$root/etc"
inside useradd -m ana
inside su ana -c 'mkdir -p ~/.local/bin ~/.local/share && sh /opt/lede/install.sh && ~/.local/bin/lede version && xdg-mime query default application/x-lede | grep -x org.lede.Lede.desktop && sh /opt/lede/install.sh --uninstall'
nothing "$root/home/ana/.local/bin" "$root/home/ana/.local/share"
find "$root/home/ana/.local/state" -name state.json | grep -q . || die "the settings of the one person are gone"

image=$(echo "$DIST"/*.AppImage)
if [ -e "$image" ]; then
    part "the AppImage"
    cp "$image" "$root/opt/lede.AppImage"
    inside /opt/lede.AppImage version
    start "$image" /opt/lede.AppImage
fi
printf '\nThe packages for Linux are good.\n'
