#!/bin/sh
# Installs the disk image as a person does, on a Mac: looks whether Lede.app is whole,
# and does the main job in its window. ../test.sh calls it.
set -eu

[ "$(uname -s)" = Darwin ] || {
    echo "The packages for macOS are tested on a Mac." >&2
    exit 1
}

mkdir "$WORK/disk"
hdiutil attach -quiet -nobrowse -readonly -mountpoint "$WORK/disk" "$DIST/lede-$LEDE_LABEL-macos.dmg"
trap 'hdiutil detach -quiet "$WORK/disk" || true' EXIT
[ "$(readlink "$WORK/disk/Applications")" = /Applications ]
app=$WORK/Lede.app
ditto "$WORK/disk/Lede.app" "$app"

plutil -lint "$app/Contents/Info.plist"
codesign --verify --deep --strict --verbose=2 "$app"
lipo "$app/Contents/MacOS/lede" -verify_arch arm64 x86_64
# Newer systems refuse a program without a UUID.
[ "$(otool -arch all -l "$app/Contents/MacOS/lede" | grep -c LC_UUID)" = 2 ]
iconutil -c iconset -o "$WORK/icons.iconset" "$app/Contents/Resources/lede.icns"
[ "$(find "$WORK/icons.iconset" -name '*.png' | wc -l)" -eq 10 ]
"$app/Contents/MacOS/lede" version

tar -xzf "$DIST/lede-cli-$LEDE_LABEL-macos.tar.gz" -C "$WORK"
cli=$WORK/lede-cli-$LEDE_LABEL-macos/lede-cli
lipo "$cli" -verify_arch arm64 x86_64
"$cli" version

# The system has to know that this Lede.app opens projects.
/System/Library/Frameworks/CoreServices.framework/Frameworks/LaunchServices.framework/Support/lsregister -f "$app"
sh assets/packaging/go.sh run ./assets/packaging/smoke "$app"

du -sh "$app" "$DIST"/*
