#!/bin/sh
# Runs the go command with a Go that is new enough for Lede.
#
#   sh assets/packaging/go.sh build ./...
#   sh assets/packaging/go.sh --exec PROGRAM …    (another program, same settings)
#
# - A Go as new as go.mod asks for is used as it is.
# - Go 1.21 and newer can switch to another version by itself, but some
#   systems have turned that off; it is turned on for this one command.
# - An older Go (Debian 12 has 1.19) cannot, and cannot read our go.mod either.
#   It can still download the newer Go as a module, which is then used directly.
# The newer Go comes through the same module proxy, and is held to the same
# checksums, as every other module.
set -eu

toolchain=go1.26.8

die() { printf 'go.sh: %s\n' "$*" >&2; exit 1; }

here=$(cd "$(dirname "$0")/../.." && pwd)
needed=$(sed -n 's/^go \([0-9.]*\).*/\1/p' "$here/go.mod" | head -n 1)
[ -n "$needed" ] || needed=1.26

# number 1.26.3 prints 126, and number 2.0 prints 200: enough to compare by.
number() {
    echo "$1" | sed 's/^go//; s/[^0-9.].*$//' | {
        IFS=. read -r major minor _ || true
        echo $((${major:-0} * 100 + ${minor:-0}))
    }
}

command -v go >/dev/null 2>&1 ||
    die "there is no go command here. Run: sh assets/packaging/deps.sh build"

# GOTOOLCHAIN=local and a place outside the module, so that the answer is the
# installed Go's own version and not the one it would switch to.
have=$(cd / && GOTOOLCHAIN=local GOFLAGS='' go version | sed -n 's/^go version go\([0-9.]*\).*/\1/p')
have=${have:-99.0} # a development version names no number; it is newer

# download_toolchain fetches the newer Go as a module and prints its folder.
download_toolchain() {
    name=golang.org/toolchain@v0.0.1-$toolchain.$(go env GOHOSTOS)-$(go env GOHOSTARCH)
    dir=$(go env GOMODCACHE)/$name
    if [ ! -x "$dir/bin/go" ]; then
        printf 'Go %s is older than Lede needs (%s); %s is downloaded once.\n' "$have" "$needed" "$toolchain" >&2
        answer=$(cd / && GO111MODULE=on GOFLAGS=-mod=mod go mod download -json "$name") ||
            die "$toolchain could not be downloaded:
$answer
Install Go $needed or newer from your system's packages, or check the network and GOPROXY."
        dir=$(printf '%s\n' "$answer" | sed -n 's/^[[:space:]]*"Dir": "\(.*\)",*$/\1/p')
        [ -d "$dir" ] || die "$toolchain was downloaded, but its folder is not there: $dir"
        # The module cache keeps no permission to execute. bin/go comes last: it
        # is what says, on the next run, that everything is in place.
        chmod +x "$dir"/pkg/tool/*/* "$dir"/bin/gofmt
        chmod +x "$dir"/bin/go
    fi
    printf '%s\n' "$dir"
}

if [ "$(number "$have")" -lt "$(number "$needed")" ]; then
    if [ "$(number "$have")" -ge 121 ]; then
        export GOTOOLCHAIN="$toolchain+auto"
    else
        dir=$(download_toolchain)
        PATH=$dir/bin:$PATH
        GOTOOLCHAIN=local
        # An older Go's own folder, set by hand, would be taken for the newer's.
        unset GOROOT
        export PATH GOTOOLCHAIN
    fi
fi

if [ "${1:-}" = "--exec" ]; then
    shift
    exec "$@"
fi
exec go "$@"
