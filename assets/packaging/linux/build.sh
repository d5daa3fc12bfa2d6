#!/bin/sh
# The packages for Linux; package.sh runs it and says with what:
#
#   lede-VERSION-linux-MACHINE.tar.xz      the window and the commands, with install.sh
#   lede-cli-VERSION-linux-MACHINE.tar.xz  the commands alone, one program without libraries
#   lede…, lede-cli… .deb .rpm .pkg.tar.zst
#
# It makes a folder each as it will lie below /usr, and packs that in each way. All are
# the same on every run: what is in them depends on the commit, their times are its.
set -eu
packaging=$PWD/assets/packaging
own=$packaging/linux

# The architecture in Go's words, and in those of archives.
NFPM_ARCH=$(sh "$packaging/go.sh" env GOARCH)
case $NFPM_ARCH in
amd64) machine=x86_64 ;;
arm64) machine=aarch64 ;;
*) machine=$NFPM_ARCH ;;
esac
export NFPM_ARCH

# As Debian and Fedora want programs: at an address that nobody can foretell, and with
# nothing to write into once it has started.
GOFLAGS="$GOFLAGS -buildmode=pie"
hard='-Wl,-z,relro,-z,now'
export GOFLAGS

# Where Lede lives, for links and pictures in software centres. The release workflow
# says it; else it is where the sources came from. Unknown, the links are left out.
homepage() {
    [ -z "${LEDE_HOMEPAGE:-}" ] || { echo "$LEDE_HOMEPAGE" && return; }
    git remote get-url origin 2>/dev/null | sed -n 's|\.git$||; s|^git@\([^:]*\):|https://\1/|; /^https:/p'
}
HOMEPAGE=$(homepage)
[ -n "$HOMEPAGE" ] || echo "Where Lede lives on the network is not known (LEDE_HOMEPAGE): links are left out."
MAINTAINER="The Lede authors <$(git log -1 --format=%ae 2>/dev/null || echo lede@localhost)>"
export HOMEPAGE MAINTAINER

# put FILE TARGET copies a file into the tree.
put() {
    mkdir -p "$(dirname "$TREE/$2")"
    cp "$1" "$TREE/$2"
    chmod 644 "$TREE/$2"
}

# document NAME puts in what every package has: licences, news, man pages, completions.
document() {
    put LICENSE "share/doc/$1/copyright"
    put CHANGELOG.md "share/doc/$1/changelog"
    debian_changelog "$1" >"$TREE/share/doc/$1/changelog.Debian"
    gzip -9n "$TREE/share/doc/$1/changelog" "$TREE/share/doc/$1/changelog.Debian"
    "$TREE/bin/lede" version --licences >"$WORK/licences"
    put "$WORK/licences" "share/doc/$1/licences.txt"
    cp -R "$WORK/manual/share" "$TREE/"
    gzip -9n "$TREE"/share/man/man1/*.1
    [ ! -e "$own/$1.lintian" ] || put "$own/$1.lintian" "share/lintian/overrides/$1"
}

# debian_changelog NAME prints what Debian wants to know of the package itself.
debian_changelog() {
    printf '%s (%s-1) unstable; urgency=medium\n\n  * This version; changelog.gz says what is new.\n\n -- %s  %s\n' \
        "$1" "$(echo "$LEDE_LABEL" | sed 's/-/~/')" "$MAINTAINER" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")"
}

# desktop puts in what makes it a program of the desktop.
desktop() {
    put "$own/org.lede.Lede.desktop" share/applications/org.lede.Lede.desktop
    put "$own/org.lede.Lede.xml" share/mime/packages/org.lede.Lede.xml
    awk -v today="$LEDE_DATE" -f "$own/releases.awk" CHANGELOG.md >"$WORK/releases"
    sed -e "/@RELEASES@/{r $WORK/releases" -e 'd;}' -e "s|@VERSION@|$LEDE_VERSION|; s|@HOMEPAGE@|$HOMEPAGE|" \
        "$own/org.lede.Lede.metainfo.xml" >"$WORK/metainfo"
    # Without a home there is nothing that a link or a picture could lead to.
    [ -n "$HOMEPAGE" ] || sed -i '/type="homepage"/d; /<screenshots>/,/<\/screenshots>/d' "$WORK/metainfo"
    put "$WORK/metainfo" share/metainfo/org.lede.Lede.metainfo.xml
    for icon in assets/icons/lede-*.png; do
        size=${icon#assets/icons/lede-}
        size=${size%.png}
        put "$icon" "share/icons/hicolor/${size}x$size/apps/org.lede.Lede.png"
    done
    put assets/icons/lede.png share/icons/hicolor/512x512/apps/org.lede.Lede.png
    put assets/icons/lede.svg share/icons/hicolor/scalable/apps/org.lede.Lede.svg
}

# archive NAME packs WORK/NAME as DIST/NAME.tar.xz.
archive() {
    tar -C "$WORK" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -cf - "$1" |
        xz -6 -T1 >"$DIST/$1.tar.xz"
}

# packages NAME makes the three kinds of packages of TREE.
packages() {
    find "$TREE" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
    for kind in deb rpm archlinux; do
        config=$own/$1.yaml
        case $kind-$LEDE_LABEL in
        archlinux-*-*)
            # Of a version before 0.1.0 nfpm tells Arch that it is 0.1.0, but for an epoch.
            config=$WORK/$1.yaml
            sed 's/^release:/epoch: "0"\n&/' "$own/$1.yaml" >"$config"
            ;;
        esac
        sh "$packaging/nfpm.sh" package --config "$config" --packager "$kind" --target "$DIST/"
    done
}

# glibc prints the newest version of the C library that a program asks for.
glibc() {
    objdump -T "$1" | sed -n 's/.*(\{0,1\}GLIBC_\([0-9.]*\).*/\1/p' | sort -uV | tail -n 1
}

# Names of people and hosts are looked up by Go itself: the C library's way needs it
# as a library at run time.
tags=nogui,netgo,osusergo

echo "The manual …"
sh "$packaging/go.sh" run -tags "$tags" ./app/cli/manual "$WORK/manual"

echo "The commands …"
TREE=$WORK/cli
export TREE
mkdir -p "$TREE/bin"
sh "$packaging/go.sh" build -tags "$tags" \
    -ldflags "$LDFLAGS -linkmode external -extldflags '-static-pie $hard'" -o "$TREE/bin/lede" . 2>"$WORK/said" ||
    { cat "$WORK/said" && exit 1; }
document lede-cli
packages lede-cli
name=lede-cli-$LEDE_LABEL-linux-$machine
mkdir "$WORK/$name"
cp "$TREE/bin/lede" "$WORK/$name"
cp "$TREE/share/doc/lede-cli/copyright" "$WORK/$name/LICENSE"
cp "$TREE/share/doc/lede-cli/licences.txt" "$WORK/$name"
cp -R "$WORK/manual/share" "$WORK/$name"
archive "$name"

echo "The program …"
TREE=$WORK/window
mkdir -p "$TREE/bin"
sh "$packaging/go.sh" build -ldflags "$LDFLAGS -extldflags $hard" -o "$TREE/bin/lede" .
GLIBC=$(glibc "$TREE/bin/lede")
export GLIBC
document lede
desktop
packages lede
name=lede-$LEDE_LABEL-linux-$machine
mkdir "$WORK/$name"
cp -R "$TREE/bin" "$TREE/share" "$WORK/$name"
rm -rf "$WORK/$name/share/lintian"
cp "$own/install.sh" LICENSE "$WORK/$name"
archive "$name"
