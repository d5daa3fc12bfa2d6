#!/bin/sh
# Builds what people with a Mac get, on a Mac, for both its processors in one file:
#
#   lede-LABEL-macos.dmg           Lede.app, to be dragged to the programs
#   lede-cli-LABEL-macos.tar.gz    the command line alone
#
# package.sh calls it and says where to write. sign.sh signs, where it has a
# certificate. The part that lays out Lede.app, bundle/, runs on any system and is
# tested on all.
set -eu

if [ "$(uname -s)" != Darwin ]; then
    echo "The packages for macOS are built on a Mac, with Xcode's command line tools: its compiler and codesign are nowhere else." >&2
    exit 1
fi

go() { sh assets/packaging/go.sh "$@"; }

# As in bundle/main.go.
MACOSX_DEPLOYMENT_TARGET=12.0
export MACOSX_DEPLOYMENT_TARGET

# compile OUT FLAG… builds the program for both processors and joins them.
compile() {
    out=$1
    shift
    for arch in arm64 amd64; do
        apple=$arch
        [ "$arch" = arm64 ] || apple=x86_64
        CGO_ENABLED=1 GOOS=darwin GOARCH=$arch CC="clang -arch $apple" \
            go build "$@" -ldflags "$LDFLAGS" -o "$out-$arch" .
    done
    lipo -create -output "$out" "$out-arm64" "$out-amd64"
}

# dated FOLDER gives every file the time of the commit.
dated() { find "$1" -exec touch -h -t "$(date -u -r "$SOURCE_DATE_EPOCH" +%Y%m%d%H%M.%S)" {} +; }

compile "$WORK/lede"
mkdir "$WORK/disk"
go run ./assets/packaging/macos/bundle "$WORK/lede" "$WORK/disk/Lede.app"
dated "$WORK/disk/Lede.app"
sh assets/packaging/macos/sign.sh app "$WORK/disk/Lede.app"

ln -s /Applications "$WORK/disk/Applications"
dmg=$DIST/lede-$LEDE_LABEL-macos.dmg
# On a busy machine the system may still look at the new files ("Resource busy").
for try in 1 2 3 4 5; do
    hdiutil create -quiet -ov -volname Lede -srcfolder "$WORK/disk" -fs HFS+ -format UDZO "$dmg" && break
    [ "$try" -lt 5 ] || exit 1
    sleep 10
done
sh assets/packaging/macos/sign.sh dmg "$dmg"

folder=lede-cli-$LEDE_LABEL-macos
mkdir "$WORK/$folder"
compile "$WORK/lede-cli" -tags nogui
cp "$WORK/lede-cli" "$WORK/$folder/lede-cli"
cp LICENSE THIRD_PARTY.md "$WORK/$folder"
sh assets/packaging/macos/sign.sh app "$WORK/$folder/lede-cli"
dated "$WORK/$folder"
# macOS's own tar packs owners by name and extended attributes unless told not to.
(cd "$WORK" && find "$folder" -type f | LC_ALL=C sort |
    tar --no-xattrs --no-mac-metadata --uid 0 --gid 0 --numeric-owner --format ustar -cf - -T - | gzip -n9 >"$DIST/$folder.tar.gz")
