#!/bin/sh
# Installs what Lede needs to be built, for "test" what its tests need too, and for
# the other purposes what packages for a system, or the tests of packages, need.
#
#   sh assets/packaging/deps.sh build|test|linux|windows|macos|test-packages [--print]
#
# It asks the machine what is there (command -v, pkg-config), names what is
# missing, and installs only that with the system's own package manager:
# apt-get, dnf, pacman, or on a Mac Xcode's tools and Homebrew. It asks for sudo
# only if it is not already root. With nothing missing it says nothing and ends
# within a fraction of a second. --print names the packages and installs none.
set -eu

say() { printf '%s\n' "$*" >&2; }
die() { say "deps: $*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# want NAME adds a package to the list of what is missing, once.
missing=""
want() {
    for name in "$@"; do
        case " $missing " in
        *" $name "*) ;;
        *) missing="$missing${missing:+ }$name" ;;
        esac
    done
}

# ---- What is missing, in our own names -------------------------------------

check_build() {
    have go || want go
    # A compiler without the C library's headers cannot build cgo.
    if have cc || have gcc; then
        { [ "$os" != Linux ] || [ -e /usr/include/stdlib.h ]; } || want libc
    else
        want cc libc
    fi
    [ "$os" = Linux ] || return 0
    # Go's modules come over TLS, which a minimal system cannot check.
    have_certificates || want ca-certificates
    if have pkg-config; then
        for lib in gl x11 xcursor xrandr xinerama xi xxf86vm wayland-client wayland-egl xkbcommon; do
            pkg-config --exists "$lib" || want "$lib"
        done
    else
        want pkg-config gl x11 xcursor xrandr xinerama xi xxf86vm wayland-client wayland-egl xkbcommon
    fi
}

have_certificates() {
    for bundle in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem \
        /etc/ssl/ca-bundle.pem /etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem; do
        [ -e "$bundle" ] && return 0
    done
    return 1
}

# The end-to-end tests drive the real window on a virtual screen, under a window
# manager, and look at it from outside: at the screen, which Xvfb keeps in a file,
# and at the project by the sqlite3 program.
check_test() {
    have sqlite3 || want sqlite3
    [ "$os" = Linux ] || return 0
    have Xvfb || want Xvfb
    have xauth || want xauth
    have xdotool || want xdotool
    have openbox || want openbox
    have stdbuf || want coreutils
    have strace || want strace
    software_gl || want software-gl
    chinese_font || want chinese-font
}

# The packages for Linux.
check_linux() {
    have xz || want xz
}

# The packages for Windows.
check_windows() {
    have x86_64-w64-mingw32-gcc || want mingw-w64
    have makensis || want nsis
    have osslsigncode || want osslsigncode
    have zip || want zip
    # The font that goes with them; another Chinese one will not do.
    find /usr/share/fonts* -name DroidSansFallbackFull.ttf 2>/dev/null | grep -q . || want chinese-font
    find /usr/share/fonts* -name DejaVuSans.ttf 2>/dev/null | grep -q . || want symbol-font
}

# The packages for macOS, on a Mac.
check_macos() {
    :
}

# The packages for Linux are held to what those who give them on hold them to, and
# installed into a fresh system.
check_test_packages() {
    [ "$os" = Linux ] || return 0
    have desktop-file-validate || want desktop-file-utils
    have appstreamcli || want appstream
    have lintian || want lintian
    have debootstrap || want debootstrap
    have rpm || want rpm
    have cpio || want cpio
    have zstd || want zstd
    check_windows
    have wine || want wine
    have unzip || want unzip
    have openssl || want openssl
}

# One of the articles that the end-to-end tests look at is Chinese, and a font for
# that is too large to come with the program.
chinese_font() {
    find /usr/share/fonts /usr/local/share/fonts \( -name 'DroidSansFallback*' -o -name '*CJK*' -o -name 'wqy-*' -o -name 'uming*' \) 2>/dev/null |
        grep -q .
}

# Xvfb has no graphics card: Mesa draws in software, by a driver of its own.
software_gl() {
    for driver in /usr/lib/*/dri/swrast_dri.so /usr/lib64/dri/swrast_dri.so /usr/lib/dri/swrast_dri.so \
        /usr/lib/*/libgallium-*.so /usr/lib64/libgallium-*.so /usr/lib/libgallium-*.so; do
        [ -e "$driver" ] && return 0
    done
    return 1
}

# ---- The same things in each system's names --------------------------------

debian() {
    case $1 in
    go) echo golang-go ;;
    cc) echo gcc ;;
    libc) echo libc6-dev ;;
    gl) echo libgl-dev ;;
    wayland-client | wayland-egl) echo libwayland-dev ;;
    x11 | xcursor | xrandr | xinerama | xi | xxf86vm | xkbcommon) echo "lib$1-dev" ;;
    Xvfb) echo xvfb ;;
    software-gl) echo libgl1-mesa-dri ;;
    chinese-font) echo fonts-droid-fallback ;;
    symbol-font) echo fonts-dejavu-core ;;
    mingw-w64) echo gcc-mingw-w64-x86-64 ;;
    wine) echo wine wine64 ;;
    xz) echo xz-utils ;;
    *) echo "$1" ;;
    esac
}

fedora() {
    case $1 in
    go) echo golang ;;
    cc) echo gcc ;;
    libc) echo glibc-devel ;;
    pkg-config) echo pkgconf-pkg-config ;;
    gl) echo mesa-libGL-devel ;;
    wayland-client | wayland-egl) echo wayland-devel ;;
    x11) echo libX11-devel ;;
    xcursor) echo libXcursor-devel ;;
    xrandr) echo libXrandr-devel ;;
    xinerama) echo libXinerama-devel ;;
    xi) echo libXi-devel ;;
    xxf86vm) echo libXxf86vm-devel ;;
    xkbcommon) echo libxkbcommon-devel ;;
    sqlite3) echo sqlite ;;
    Xvfb) echo xorg-x11-server-Xvfb ;;
    software-gl) echo mesa-dri-drivers ;;
    chinese-font) echo google-droid-sans-fonts ;;
    *) echo "$1" ;;
    esac
}

arch() {
    case $1 in
    cc) echo gcc ;;
    libc) echo glibc ;;
    pkg-config) echo pkgconf ;;
    gl) echo libglvnd ;;
    wayland-client | wayland-egl) echo wayland ;;
    x11 | xcursor | xrandr | xinerama | xi | xxf86vm | xkbcommon) echo "lib$1" ;;
    sqlite3) echo sqlite ;;
    Xvfb) echo xorg-server-xvfb ;;
    xauth) echo xorg-xauth ;;
    software-gl) echo mesa ;;
    chinese-font) echo ttf-droid ;;
    *) echo "$1" ;;
    esac
}

# translate SYSTEM turns the missing things into its packages, each once.
translate() {
    things=$missing
    missing=""
    for thing in $things; do
        want "$("$1" "$thing")"
    done
}

# ---- Installing ------------------------------------------------------------

# as_root runs a command as root, by sudo if need be.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

announce() {
    say "Lede needs these packages of your system, which are missing: $missing"
    if [ "$print_only" = yes ]; then
        exit 0
    fi
    if [ "$(id -u)" = 0 ]; then
        say "They are installed by $1 now."
    elif have sudo; then
        say "They are installed by sudo $1 now; sudo may ask for your password."
    else
        die "installing needs root, and there is no sudo here. As root, run: sh assets/packaging/deps.sh $purpose"
    fi
}

# The lists below are left unquoted on purpose: each word is one package.
# shellcheck disable=SC2086
install_debian() {
    translate debian
    announce apt-get
    as_root apt-get update -q -o Acquire::Retries=3 >&2 ||
        say "deps: the list of packages could not be refreshed; the one that is here is used."
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
        -o Acquire::Retries=3 $missing >&2 || failed
}

# shellcheck disable=SC2086
install_fedora() {
    translate fedora
    announce dnf
    as_root dnf install -y --setopt=install_weak_deps=False $missing >&2 || failed
}

# shellcheck disable=SC2086
install_arch() {
    translate arch
    announce pacman
    refresh=""
    # A machine that never synced has no list of packages at all. One that has
    # keeps it: refreshing without upgrading everything breaks an Arch system.
    set -- /var/lib/pacman/sync/*.db
    [ -e "$1" ] || refresh=y
    as_root pacman "-S$refresh" --needed --noconfirm $missing >&2 || {
        say "deps: if pacman found a package no longer there, bring the system up to date: pacman -Syu"
        failed
    }
}

# shellcheck disable=SC2086
install_mac() {
    brew_list=""
    for thing in $missing; do
        case $thing in
        cc | libc)
            say "Lede needs Apple's command line tools, which are missing."
            [ "$print_only" = yes ] && exit 0
            xcode-select --install || true
            die "when the installer that just opened is done, run the same command again."
            ;;
        sqlite3) brew_list="$brew_list sqlite" ;;
        *) brew_list="$brew_list $thing" ;;
        esac
    done
    missing=${brew_list# }
    have brew || die "missing: $missing. Install them, or Homebrew, which this script can ask for them."
    say "Lede needs these Homebrew packages, which are missing: $missing"
    [ "$print_only" = yes ] && exit 0
    brew install $missing >&2 || failed
}

failed() {
    die "installing failed; the lines above say why. Still missing: $missing"
}

# ---- Which system this is --------------------------------------------------

os=$(uname -s)
purpose=${1:-build}
print_only=no
[ "${2:-}" = "--print" ] && print_only=yes

case $purpose in
build) check_build ;;
test) check_build && check_test ;;
linux) check_build && check_linux ;;
windows) check_build && check_windows ;;
macos) check_build && check_macos ;;
test-packages) check_build && check_test && check_test_packages ;;
*)
    say "usage: sh assets/packaging/deps.sh build|test|linux|windows|macos|test-packages [--print]"
    exit 2
    ;;
esac
# A Mac has a cc that only offers to install the real one.
if [ "$os" = Darwin ] && ! xcode-select -p >/dev/null 2>&1; then
    want cc
fi
[ -n "$missing" ] || exit 0

if [ "$os" = Darwin ]; then
    install_mac
elif have apt-get; then
    install_debian
elif have dnf; then
    install_fedora
elif have pacman; then
    install_arch
else
    die "this system's package manager is not one that this script knows (apt-get, dnf, pacman, brew).
Missing, to be installed by hand: $missing"
fi
