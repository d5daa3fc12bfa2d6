#!/bin/sh
# Installs Lede from the folder of this script.
#
#   sh install.sh               for you alone, below ~/.local
#   sudo sh install.sh          for everybody, below /usr/local
#   sh install.sh --prefix DIR  below DIR
#   sh install.sh --uninstall   takes out what it installed, there; --prefix goes with it
#
# It copies the folders bin and share beside it, and writes a list of what it installed,
# share/lede/installed, by which --uninstall goes. Projects and settings are not touched.
set -eu

say() { printf '%s\n' "$*"; }
die() {
    printf 'install.sh: %s\n' "$*" >&2
    exit 1
}

prefix=""
deed=install
while [ $# -gt 0 ]; do
    case $1 in
    --prefix)
        [ $# -gt 1 ] || die "--prefix needs the name of a folder."
        prefix=$2
        shift
        ;;
    --prefix=*) prefix=${1#--prefix=} ;;
    --uninstall) deed=uninstall ;;
    -h | --help)
        sed -n '2,10s/^# \{0,1\}//p' "$0"
        exit 0
        ;;
    *) die "what is “$1”? “sh install.sh --help” says what it takes." ;;
    esac
    shift
done
if [ -z "$prefix" ]; then
    prefix=$HOME/.local
    [ "$(id -u)" != 0 ] || prefix=/usr/local
fi
case $prefix in
/*) ;;
*) prefix=$PWD/$prefix ;;
esac
list=$prefix/share/lede/installed

# tell lets the desktop know what programs and types of files there are now. Where one
# of these is missing, the desktop finds out when one logs in again.
tell() {
    ! command -v update-desktop-database >/dev/null 2>&1 || update-desktop-database -q "$prefix/share/applications" || true
    ! command -v update-mime-database >/dev/null 2>&1 || update-mime-database "$prefix/share/mime" >/dev/null 2>&1 || true
    ! command -v gtk-update-icon-cache >/dev/null 2>&1 || gtk-update-icon-cache -q -t -f "$prefix/share/icons/hicolor" 2>/dev/null || true
}

# remove takes out what a list names, and the folders that are empty then.
remove() {
    while IFS= read -r file; do
        case $file in
        "" | /* | *..*) continue ;; # not written by this script
        esac
        rm -f "$prefix/$file"
        folder=$(dirname "$file")
        while [ "$folder" != . ] && rmdir "$prefix/$folder" 2>/dev/null; do
            folder=$(dirname "$folder")
        done
    done <"$list"
    rm -f "$list"
    rmdir "$prefix/share/lede" 2>/dev/null || true
}

if [ "$deed" = uninstall ]; then
    [ -e "$list" ] || die "Lede is not installed below $prefix (there is no $list)."
    [ -w "$list" ] || die "$prefix cannot be changed by you. Run this with sudo."
    remove
    tell
    say "Lede is removed from $prefix. Projects and settings are where they were."
    exit 0
fi

here=$(cd "$(dirname "$0")" && pwd)
[ -x "$here/bin/lede" ] || die "bin/lede is not beside this script: unpack the whole archive, and run it from there."
{ mkdir -p "$prefix/share/lede" 2>/dev/null && [ -w "$prefix/share/lede" ]; } ||
    die "nothing can be written below $prefix. Run this with sudo, or name a folder of yours by --prefix."

# What an earlier version brought and this one does not must not stay.
[ ! -e "$list" ] || remove
mkdir -p "$prefix/share/lede"
(cd "$here" && find bin share -type f | sort) >"$list.new"
while IFS= read -r file; do
    mkdir -p "$prefix/$(dirname "$file")"
    # A program that runs cannot be written to, but can be replaced.
    cp "$here/$file" "$prefix/$file.new"
    mv -f "$prefix/$file.new" "$prefix/$file"
done <"$list.new"
mv "$list.new" "$list"

# The desktop starts it by its whole path: ~/.local/bin is not in everybody's PATH.
desktop=$prefix/share/applications/org.lede.Lede.desktop
sed "s|^Exec=lede |Exec=\"$prefix/bin/lede\" |" "$desktop" >"$desktop.new"
mv "$desktop.new" "$desktop"
tell

say "Lede is installed in $prefix. Its icon is in the menu, and a double click on a project opens it."
case :$PATH: in
*":$prefix/bin:"*) ;;
*) say "To type lede in a terminal, put $prefix/bin into PATH." ;;
esac
