# What package.sh, test.sh and what they run share; each reads it in (. common.sh), in the
# top folder.
# shellcheck shell=sh

# scratch NAME makes a new folder, $scratch, with the name in its name. It goes away when
# the script ends, also by a signal.
scratch() {
    scratch=$(mktemp -d "${TMPDIR:-/tmp}/lede-$1.XXXXXX")
    trap 'rm -rf "$scratch"' EXIT
    trap 'exit 1' HUP INT TERM
}

# sums FILE… prints the checksum of each; sums -c LIST checks those in a list. A Mac has
# another program for it.
sums() {
    if command -v sha256sum >/dev/null 2>&1; then
        sha256sum "$@"
    else
        shasum -a 256 "$@"
    fi
}

# summed FILE puts a file of dist/linux that was made after the others into its SHA256SUMS.
summed() {
    (
        cd dist/linux || exit
        { grep -vF "  $1" SHA256SUMS || true; sums "$1"; } >"$scratch/SHA256SUMS"
        mv "$scratch/SHA256SUMS" .
    )
}

# What the tests of the packages share.

# now prints a time in milliseconds.
now() { date +%s%3N; }

# megabytes BYTES prints that many bytes in megabytes, as people do.
megabytes() { awk -v n="$1" 'BEGIN { printf "%.1f MB", n / 1000000 }'; }

# installed FOLDER… prints how much is in folders, in bytes: the files' own, so that it
# does not depend on the disk.
installed() { find "$@" -type f -printf '%s\n' | awk '{ n += $1 } END { printf "%d", n }'; }

# screen starts a virtual screen, $DISPLAY; the process is $screen, which the caller ends.
screen() {
    Xvfb -displayfd 3 -screen 0 1280x800x24 +extension GLX -nolisten tcp 3>"$WORK/display" 2>/dev/null &
    # shellcheck disable=SC2034
    screen=$!
    for _ in $(seq 100); do
        [ ! -s "$WORK/display" ] || break
        sleep 0.1
    done
    DISPLAY=:$(cat "$WORK/display")
    export DISPLAY
}

# opened PROBE waits until a window says, in the file that LEDE_PROBE named, that an
# article is open: from then on one can work.
opened() {
    for _ in $(seq 1200); do
        ! grep -q '"opened"' "$1" 2>/dev/null || return 0
        sleep 0.05
    done
    return 1
}
