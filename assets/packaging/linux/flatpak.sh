#!/bin/sh
# Makes the Flatpak from the tar.xz in dist/linux, as the release workflow does: its
# runtime comes from Flathub.
#
#   sh assets/packaging/linux/flatpak.sh [--manifest FILE]
#
# --manifest writes the manifest with the archive's checksum, and builds nothing.
set -eu
cd "$(dirname "$0")/../../.."
# shellcheck source=assets/packaging/common.sh
. assets/packaging/common.sh
# shellcheck source=assets/packaging/version.sh
. assets/packaging/version.sh

name=lede-$LEDE_LABEL-linux-$(uname -m)
archive=$PWD/dist/linux/$name.tar.xz
[ -e "$archive" ] || {
    echo "flatpak.sh: there is no $archive. Make it first: make package-linux" >&2
    exit 1
}
scratch flatpak
manifest=$scratch/org.lede.Lede.yaml
[ "${1:-}" != --manifest ] || manifest=$2
sum=$(sums "$archive" | cut -d ' ' -f 1)
sed "s|@ARCHIVE@|$archive|; s|@SHA256@|$sum|" assets/packaging/linux/org.lede.Lede.yaml >"$manifest"
[ "${1:-}" != --manifest ] || exit 0

flatpak remote-add --user --if-not-exists flathub https://dl.flathub.org/repo/flathub.flatpakrepo
flatpak-builder --user --force-clean --install-deps-from=flathub --repo="$scratch/repo" \
    --state-dir="$scratch/state" "$scratch/build" "$manifest"
flatpak build-bundle --runtime-repo=https://dl.flathub.org/repo/flathub.flatpakrepo \
    "$scratch/repo" "dist/linux/$name.flatpak" org.lede.Lede
summed "$name.flatpak"
echo "dist/linux/$name.flatpak"
