#!/bin/sh
# Runs nfpm, which writes .deb, .rpm and Arch packages.
#
#   sh assets/packaging/nfpm.sh package --config …
#
# Its version is pinned in tools/go.mod, a module of its own, so that none of what it
# needs enters ours. It is built once, in half a minute, and kept in the cache folder
# under a name that changes with its version and with Go's.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
version=$(sed -n 's/^.*goreleaser\/nfpm\/v2 \(v[0-9.]*\).*/\1/p' "$here/tools/go.mod" | head -n 1)
# The packages' own flags would make it another program.
unset GOFLAGS
folder=${XDG_CACHE_HOME:-$HOME/.cache}/lede/tools/nfpm-$version-$(sh "$here/go.sh" env GOVERSION)
[ -x "$folder/nfpm" ] || (cd "$here/tools" && GOBIN=$folder sh "$here/go.sh" install tool)
exec "$folder/nfpm" "$@"
