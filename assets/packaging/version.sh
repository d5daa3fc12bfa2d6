# Which version is packaged; the scripts beside this one read it in (. version.sh).
# It may be called from any folder of the tree. It sets and exports
#
#   LEDE_VERSION       1.2.3: what FyneApp.toml says, which the program embeds
#   LEDE_LABEL         1.2.3 for the commit that is tagged v1.2.3, and
#                      1.2.3-dev.20261123.0a1b2c3 before it: what packages are called
#   LEDE_COMMIT        the whole hash, "" outside of git
#   LEDE_DATE          2026-11-23: the day of the commit, in UTC
#   SOURCE_DATE_EPOCH  its second, which every file in every package has as its time
#
# A tag that contradicts FyneApp.toml is refused: the program would call itself
# otherwise than its package. Changes that are not committed are in the label, too.
# shellcheck shell=sh

LEDE_VERSION=$(sed -n 's/^ *Version = "\(.*\)".*/\1/p' FyneApp.toml | head -n 1)
LEDE_LABEL=$LEDE_VERSION
LEDE_COMMIT=$(git rev-parse --verify -q HEAD 2>/dev/null || true)
: "${SOURCE_DATE_EPOCH:=}"

# day SECONDS prints a day as 2026-11-23; GNU's date and the one of a Mac differ.
day() { date -u -d "@$1" +%F 2>/dev/null || date -u -r "$1" +%F; }

if [ -n "$LEDE_COMMIT" ]; then
    [ -n "$SOURCE_DATE_EPOCH" ] || SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
    lede_tag=$(git tag --points-at HEAD --list 'v[0-9]*' | head -n 1)
    lede_changed=$(git status --porcelain | head -n 1)
    if [ -n "$lede_tag" ] && [ "$lede_tag" != "v$LEDE_VERSION" ]; then
        printf 'This commit is tagged %s, and FyneApp.toml says version %s. Make them the same, then package it.\n' \
            "$lede_tag" "$LEDE_VERSION" >&2
        exit 1
    fi
    if [ -z "$lede_tag" ] || [ -n "$lede_changed" ]; then
        LEDE_LABEL=$LEDE_VERSION-dev.$(day "$SOURCE_DATE_EPOCH" | tr -d -).$(git rev-parse --short=7 HEAD)
        [ -z "$lede_changed" ] || LEDE_LABEL=$LEDE_LABEL.changed
    fi
    unset lede_tag lede_changed
elif [ -z "$SOURCE_DATE_EPOCH" ]; then
    # Sources without git: their date is that of the file that names the version.
    SOURCE_DATE_EPOCH=$(stat -c %Y FyneApp.toml 2>/dev/null || stat -f %m FyneApp.toml)
fi
LEDE_DATE=$(day "$SOURCE_DATE_EPOCH")
export LEDE_VERSION LEDE_LABEL LEDE_COMMIT LEDE_DATE SOURCE_DATE_EPOCH
