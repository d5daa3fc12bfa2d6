#!/bin/sh
# Makes the AppImage, one file that runs as it is, from the tar.xz in dist/linux.
#
#   sh assets/packaging/linux/appimage.sh [RUNTIME]
#
# An AppImage is a small program, the runtime, with a file system behind it. RUNTIME is
# that program as a file; without it, it is downloaded, which the release workflow does.
# Either way it must be the one with the checksum below, for everybody runs it.
set -eu
cd "$(dirname "$0")/../../.."
# shellcheck source=assets/packaging/common.sh
. assets/packaging/common.sh
# shellcheck source=assets/packaging/version.sh
. assets/packaging/version.sh

release=20251108
case $(uname -m) in
x86_64) sum=2fca8b443c92510f1483a883f60061ad09b46b978b2631c807cd873a47ec260d ;;
*)
    echo "appimage.sh: no runtime is known here for $(uname -m): the AppImage is made on x86_64." >&2
    exit 1
    ;;
esac
name=lede-$LEDE_LABEL-linux-$(uname -m)
archive=dist/linux/$name.tar.xz
[ -e "$archive" ] || {
    echo "appimage.sh: there is no $archive. Make it first: make package-linux" >&2
    exit 1
}
command -v mksquashfs >/dev/null 2>&1 || {
    echo "appimage.sh: mksquashfs is missing, of the package squashfs-tools." >&2
    exit 1
}

scratch appimage
runtime=${1:-}
if [ -z "$runtime" ]; then
    runtime=$scratch/runtime
    curl -fsSL --retry 3 -o "$runtime" \
        "https://github.com/AppImage/type2-runtime/releases/download/$release/runtime-$(uname -m)"
fi
echo "$sum  $runtime" | sums -c --quiet -

tar -C "$scratch" -xJf "$archive"
app=$scratch/app
mkdir "$app"
mv "$scratch/$name" "$app/usr"
rm "$app/usr/install.sh"
ln -s usr/bin/lede "$app/AppRun"
ln -s usr/share/applications/org.lede.Lede.desktop "$app/org.lede.Lede.desktop"
ln -s usr/share/icons/hicolor/256x256/apps/org.lede.Lede.png "$app/org.lede.Lede.png"
ln -s org.lede.Lede.png "$app/.DirIcon"
# SOURCE_DATE_EPOCH, which version.sh exports, is the time of all; so it is the same
# on every run.
mksquashfs "$app" "$scratch/fs" -root-owned -noappend -comp zstd -no-xattrs -quiet -no-progress
cat "$runtime" "$scratch/fs" >"$scratch/image"
chmod 755 "$scratch/image"
mv "$scratch/image" "dist/linux/$name.AppImage"
summed "$name.AppImage"
echo "dist/linux/$name.AppImage"
