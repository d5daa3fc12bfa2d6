#!/bin/sh
# What "make run" does once bin/lede is built: opens the window on a copy of the
# sample project, or, where there is no screen, shows the main job by the command
# line on the same sample, so that it is of use on a server too.
set -eu

lede=$1
case $lede in
/*) ;;
*) lede=./$lede ;;
esac

# A Mac always has its screen; elsewhere X11 or Wayland say where theirs is.
if [ "$(uname -s)" = Darwin ] || [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; then
    exec "$lede" --sample
fi

sample=$(cd "$(dirname "$0")/../sample" && pwd)/sample.jsonl
folder=$(mktemp -d "${TMPDIR:-/tmp}/lede-sample.XXXXXX")
project=$folder/sample.lede

# show prints a command as a person would type it, and runs it.
show() {
    printf '\n$ lede %s\n' "$*"
    "$lede" "$@"
}

echo "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no"
echo "window can open. This is the main job by the command line instead, on the"
echo "sample articles; where there is a screen, make run opens the window on them."

show new "$project"
show import "$project" "$sample"
show stats "$project"
show export "$project" --format jsonl --out "$folder/sample.jsonl"
show export "$project" --format brat --out "$folder/brat"
show export "$project" --format conll --out "$folder/sample.conll"

printf '\nThe project and what was exported from it are in %s:\n' "$folder"
ls "$folder"
printf '\nThe first lines of sample.conll:\n'
sed -n '1,20p' "$folder/sample.conll"
