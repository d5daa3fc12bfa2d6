#!/bin/sh
# "make test-packages": installs what is in dist/ as a person would, into systems
# made for it, starts it and does the main job.
#
#   sh assets/packaging/test.sh all|linux|windows|macos
#
# Each system has a test.sh in its folder here, which runs in the top folder, with
# what version.sh exports and
#
#   DIST     the packages to test, dist/linux and so on; those of this commit
#   WORK     an empty folder, which goes away afterwards
set -eu
cd "$(dirname "$0")/../.."
# shellcheck source=assets/packaging/common.sh
. assets/packaging/common.sh
# shellcheck source=assets/packaging/version.sh
. assets/packaging/version.sh
sh assets/packaging/deps.sh test-packages

scratch test-packages

# one SYSTEM tests its packages. They are built if they are not those of this commit.
one() {
    DIST=$PWD/dist/$1
    WORK=$scratch/$1
    export DIST WORK
    mkdir "$WORK"
    (cd "$DIST" 2>/dev/null && grep -qF -- "-$LEDE_LABEL-" SHA256SUMS) || sh assets/packaging/package.sh "$1"
    (cd "$DIST" && sums -c SHA256SUMS >/dev/null)
    printf '\n== The packages for %s\n' "$1"
    sh "assets/packaging/$1/test.sh"
}

case ${1:-all} in
linux | windows | macos) one "$1" ;;
all)
    one linux
    one windows
    ;;
*)
    echo "usage: sh assets/packaging/test.sh all|linux|windows|macos" >&2
    exit 2
    ;;
esac
