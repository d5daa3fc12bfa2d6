#!/bin/sh
# Signs a program or a disk image, and has Apple notarise the image.
#
#   sh assets/packaging/macos/sign.sh app|dmg PATH
#
#   LEDE_MAC_IDENTITY      whose certificate, as in the keychain:
#                          "Developer ID Application: Name (TEAM)"
#   LEDE_NOTARY_KEY        the file of an App Store Connect key (.p8),
#   LEDE_NOTARY_KEY_ID     its id
#   LEDE_NOTARY_ISSUER     and who issued it
#
# Without a certificate a program is signed ad hoc, which a Mac with Apple's own
# processor needs to run it at all; Gatekeeper then asks. Without a key nothing is
# sent to Apple. Both are said, and neither is an error.
set -eu

what=$1
path=$2
here=$(dirname "$0")

notice() {
    printf '%s\n' "$*"
    [ -z "${GITHUB_ACTIONS:-}" ] || printf '::notice::%s\n' "$*"
}

name=$(basename "$path")
case $what in
app)
    if [ -n "${LEDE_MAC_IDENTITY:-}" ]; then
        codesign --force --options runtime --timestamp --entitlements "$here/lede.entitlements" \
            --sign "$LEDE_MAC_IDENTITY" "$path"
    else
        notice "$name is signed ad hoc: LEDE_MAC_IDENTITY names no certificate."
        codesign --force --options runtime --entitlements "$here/lede.entitlements" --sign - "$path"
    fi
    codesign --verify --strict --verbose=2 "$path"
    ;;
dmg)
    if [ -z "${LEDE_MAC_IDENTITY:-}" ]; then
        notice "$name is not signed: LEDE_MAC_IDENTITY names no certificate."
        exit 0
    fi
    codesign --force --timestamp --sign "$LEDE_MAC_IDENTITY" "$path"
    if [ -z "${LEDE_NOTARY_KEY:-}" ]; then
        notice "$name is not notarised: LEDE_NOTARY_KEY names no key."
        exit 0
    fi
    xcrun notarytool submit "$path" --wait --timeout 30m \
        --key "$LEDE_NOTARY_KEY" --key-id "$LEDE_NOTARY_KEY_ID" --issuer "$LEDE_NOTARY_ISSUER"
    xcrun stapler staple "$path"
    ;;
*)
    echo "usage: sh assets/packaging/macos/sign.sh app|dmg PATH" >&2
    exit 2
    ;;
esac
