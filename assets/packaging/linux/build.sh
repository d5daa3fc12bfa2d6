#!/bin/sh
# The packages for Linux; package.sh runs it and says with what.
set -eu
gosh=$PWD/assets/packaging/go.sh

# The architecture in Go's words, and in those of archives.
goarch=$(sh "$gosh" env GOARCH)
case $goarch in
amd64) machine=x86_64 ;;
arm64) machine=aarch64 ;;
*) machine=$goarch ;;
esac

echo "The program …"
sh "$gosh" build -ldflags "$LDFLAGS" -o "$WORK/lede" .

# archive NAME packs the folder WORK/NAME as DIST/NAME.tar.xz, the same on every run.
archive() {
    tar -C "$WORK" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -cf - "$1" |
        xz -9 -T1 >"$DIST/$1.tar.xz"
}

name=lede-$LEDE_LABEL-linux-$machine
mkdir "$WORK/$name"
cp "$WORK/lede" LICENSE THIRD_PARTY.md "$WORK/$name"
archive "$name"
