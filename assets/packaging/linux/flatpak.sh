#!/bin/sh
# Makes the Flatpak from the tar.xz in dist/linux, as the release workflow does: its
# runtime comes from Flathub.
#
#   sh assets/packaging/linux/flatpak.sh [--manifest FILE]
#
# --manifest writes the manifest with the archive's checksum, and builds nothing.
set -eu
cd "$(dirname "$0")/../../.."
# shellcheck source=assets/packaging/version.sh
. assets/packaging/version.sh

name=lede-$LEDE_LABEL-linux-$(uname -m)
archive=$PWD/dist/linux/$name.tar.xz
[ -e "$archive" ] || {
    echo "flatpak.sh: there is no $archive. Make it first: make package-linux" >&2
    exit 1
}
work=$(mktemp -d "${TMPDIR:-/tmp}/lede-flatpak.XXXXXX")
trap 'rm -rf "$work"' EXIT
manifest=$work/org.lede.Lede.yaml
[ "${1:-}" != --manifest ] || manifest=$2
sum=$(sha256sum "$archive" | cut -d ' ' -f 1)
sed "s|@ARCHIVE@|$archive|; s|@SHA256@|$sum|" assets/packaging/linux/org.lede.Lede.yaml >"$manifest"
[ "${1:-}" != --manifest ] || exit 0

flatpak remote-add --user --if-not-exists flathub https://dl.flathub.org/repo/flathub.flatpakrepo
flatpak-builder --user --force-clean --install-deps-from=flathub --repo="$work/repo" \
    --state-dir="$work/state" "$work/build" "$manifest"
flatpak build-bundle --runtime-repo=https://dl.flathub.org/repo/flathub.flatpakrepo \
    "$work/repo" "dist/linux/$name.flatpak" org.lede.Lede
(cd dist/linux && sed -i '/\.flatpak$/d' SHA256SUMS && sha256sum "$name.flatpak" >>SHA256SUMS)
echo "dist/linux/$name.flatpak"
