#!/bin/sh
# "make package": builds the packages for one system, or for all that this machine
# can build for, each into its own folder, dist/linux and so on, with SHA256SUMS.
#
#   sh assets/packaging/package.sh all|linux|windows|macos
#
# Each system has a folder here with a build.sh. It runs in the top folder with what
# version.sh exports and with
#
#   DIST     an empty folder for what is given to people
#   WORK     an empty folder for everything else; it goes away afterwards
#   LDFLAGS  what every program is linked with; GOFLAGS is set, too
#
# and it writes nowhere else: the tree stays as it was. What it made takes the place
# of what was in dist/ only when all of it is there.
set -eu
cd "$(dirname "$0")/../.."
umask 022
LC_ALL=C TZ=UTC
export LC_ALL TZ

# shellcheck source=assets/packaging/common.sh
. assets/packaging/common.sh
# shellcheck source=assets/packaging/version.sh
. assets/packaging/version.sh
# Without its build id and its tables of symbols a program depends on the sources
# alone, and is a third smaller. Its commit is stamped by Go itself.
LDFLAGS='-s -w -buildid='
GOFLAGS='-trimpath -mod=readonly'
export LDFLAGS GOFLAGS

scratch package

# one SYSTEM builds for it.
one() {
    printf '\n== Lede %s for %s\n' "$LEDE_LABEL" "$1"
    sh assets/packaging/deps.sh "$1"
    DIST=$scratch/$1/dist
    WORK=$scratch/$1/work
    export DIST WORK
    mkdir -p "$DIST" "$WORK"
    sh "assets/packaging/$1/build.sh"
    (cd "$DIST" && sums -- * >"$WORK/SHA256SUMS" && mv "$WORK/SHA256SUMS" .)
    mkdir -p dist
    rm -rf "dist/$1"
    cp -R "$DIST" "dist/$1"
    printf '\nIn dist/%s:\n' "$1"
    (cd "dist/$1" && ls -l && cat SHA256SUMS)
}

case ${1:-} in
linux | windows | macos) one "$1" ;;
all)
    if [ "$(uname -s)" = Darwin ]; then
        one macos
        echo "The packages for Linux and Windows are built on Linux."
    else
        one linux
        one windows
        echo "The packages for macOS are built on a Mac: make package-macos."
    fi
    ;;
*)
    echo "usage: sh assets/packaging/package.sh all|linux|windows|macos" >&2
    exit 2
    ;;
esac
