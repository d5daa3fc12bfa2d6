#!/bin/sh
# Builds Lede for Windows (64 bit) with mingw-w64: the installer and the portable
# zip. assets/packaging/package.sh runs it and says where things go; sign.sh signs
# everything if it has a certificate.
set -eu

here=assets/packaging/windows
files=$WORK/Lede
mkdir -p "$files/fonts"

export GOOS=windows GOARCH=amd64 CGO_ENABLED=1
export CC=x86_64-w64-mingw32-gcc
# The linker of mingw-w64 writes the time of day into a program unless told not to.
export SOURCE_DATE_EPOCH

# le BYTES NUMBER prints a number as that many bytes, the lowest first.
le() {
    n=$2
    for _ in $(seq "$1"); do
        # shellcheck disable=SC2059
        printf "\\$(printf '%03o' $((n % 256)))"
        n=$((n / 256))
    done
}

# ico SIZE… prints an icon file of the pictures lede-SIZE.png (at most 256).
ico() {
    le 2 0
    le 2 1
    le 2 $#
    at=$((6 + 16 * $#))
    for size; do
        bytes=$(wc -c <"assets/icons/lede-$size.png")
        le 1 "$size" # 256 is 0
        le 1 "$size"
        le 2 0
        le 2 1
        le 2 32
        le 4 "$bytes"
        le 4 "$at"
        at=$((at + bytes))
    done
    for size; do
        cat "assets/icons/lede-$size.png"
    done
}

# fill NAME DESCRIPTION fills in what stands between @ signs in a file.
fill() {
    sed -e "s/@VERSION@/$LEDE_VERSION/" -e "s/@NUMBERS@/$(echo "$LEDE_VERSION" | tr . ,)/" -e "s/@LABEL@/$LEDE_LABEL/" \
        -e "s/@NAME@/$1/" -e "s/@DESCRIPTION@/$2/" -e "s/@COPYRIGHT@/$copyright/"
}

# program NAME DESCRIPTION TAGS SUBSYSTEM builds one program with its resources.
program() {
    fill "$1" "$2" <"$here/resources.rc" >"$WORK/$1.rc"
    (cd "$WORK" && x86_64-w64-mingw32-windres -O coff -i "$1.rc" -o "$1.res.o")
    # The resources are linked as one more object, so that no file has to lie in the tree.
    sh assets/packaging/go.sh build -tags "$3" -o "$files/$1.exe" \
        -ldflags "$LDFLAGS $4 -linkmode external -extldflags '$WORK/$1.res.o -Wl,--no-insert-timestamp'" .
}

# font FILE PACKAGE copies a font of Debian's, with its licence. Lede asks these
# fonts for what neither it nor the system has: only systems in Chinese, Japanese and
# Korean are sure to have fonts for them, and not every one has arrows and signs of keys.
font() {
    font=$(find /usr/share/fonts /usr/share/fonts-* -name "$1" 2>/dev/null | head -n 1)
    [ -n "$font" ] || {
        echo "build: $1 is missing; install the package $2." >&2
        exit 1
    }
    cp "$font" "$files/fonts/"
    {
        printf '%s\r\n\r\n' "$1"
        sed 's/$/\r/' "/usr/share/doc/$2/copyright"
        printf '\r\n\r\n'
    } >>"$files/fonts/LICENSE.txt"
}

# text copies a text with the line ends that Windows' Notepad shows everywhere.
text() { sed 's/$/\r/' "$1" >"$files/$2"; }

copyright=$(sed -n 's/^Copyright (c) /Copyright (c) /p' LICENSE | head -n 1)
ico 16 32 48 64 128 256 >"$WORK/lede.ico"
cp "$WORK/lede.ico" "$files/lede.ico"
fill Lede Lede <"$here/lede.manifest" >"$WORK/lede.manifest"

program Lede Lede "" "-H windowsgui"
program lede-cli "Lede command line" nogui ""
sh "$here/sign.sh" "$files/Lede.exe" "$files/lede-cli.exe"

font DejaVuSans.ttf fonts-dejavu-core
font DroidSansFallbackFull.ttf fonts-droid-fallback
sed 's/$/\r/' /usr/share/common-licenses/Apache-2.0 >>"$files/fonts/LICENSE.txt"
text LICENSE LICENSE.txt
text THIRD_PARTY.md THIRD_PARTY.txt
find "$files" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +

makensis -V2 -NOCD -DVERSION="$LEDE_VERSION" -DLABEL="$LEDE_LABEL" -DCOPYRIGHT="$copyright" -DFILES="$files" \
    -DOUT="$DIST/Lede-$LEDE_LABEL-windows-x64-setup.exe" "$here/installer.nsi"

# The portable copy keeps its settings in its own folder.
rm "$files/lede.ico"
mkdir "$files/lede-settings"
text "$here/portable.txt" lede-settings/README.txt
find "$files" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
(cd "$WORK" && find Lede | LC_ALL=C sort | zip -X -q -9 -@ "$DIST/Lede-$LEDE_LABEL-windows-x64-portable.zip")
[ -n "${LEDE_SIGN_PKCS12:-}" ] || echo "The programs are not signed: LEDE_SIGN_PKCS12 names no certificate." >&2
