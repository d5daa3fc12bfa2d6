#!/bin/sh
# Prints what CHANGELOG.md says of this version: the notes of its release. A version
# without notes, or a tag that FyneApp.toml does not agree with, is refused.
set -eu
cd "$(dirname "$0")/../.."
# shellcheck source=assets/packaging/version.sh
. assets/packaging/version.sh

notes=$(awk -v head="## [$LEDE_VERSION]" '
    index($0, "## ") == 1 { on = index($0, head) == 1; next }
    /^\[[^]]*\]: / { next }
    on { print }
' CHANGELOG.md | sed -e '/./,$!d')
if [ -z "$notes" ]; then
    echo "CHANGELOG.md has no part \"## [$LEDE_VERSION]\": write what is new, then release it." >&2
    exit 1
fi
printf '%s\n' "$notes"
