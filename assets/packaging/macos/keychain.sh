#!/bin/sh
# Puts the certificate and the key of the release workflow where sign.sh finds them,
# in a keychain and a file of their own; --remove takes them away again.
#
#   CERTIFICATE, PASSWORD                       a Developer ID (.p12) in base64, its password
#   NOTARY_KEY, NOTARY_KEY_ID, NOTARY_ISSUER    an App Store Connect key (.p8) in base64
#
# What is missing is said, and left out.
set -eu

keychain=$RUNNER_TEMP/lede.keychain-db
key=$RUNNER_TEMP/notary.p8

if [ "${1:-}" = --remove ]; then
    security delete-keychain "$keychain" 2>/dev/null || true
    rm -f "$key"
    exit 0
fi

umask 077
if [ -z "${CERTIFICATE:-}" ]; then
    echo "::notice::Lede.app is signed ad hoc and not notarised: there is no secret MACOS_CERTIFICATE."
    exit 0
fi
secret=$(openssl rand -hex 24)
printf '%s' "$CERTIFICATE" | base64 --decode >"$RUNNER_TEMP/certificate.p12"
security create-keychain -p "$secret" "$keychain"
security set-keychain-settings -lut 21600 "$keychain"
security unlock-keychain -p "$secret" "$keychain"
security import "$RUNNER_TEMP/certificate.p12" -k "$keychain" -P "${PASSWORD:-}" -f pkcs12 -T /usr/bin/codesign
rm -f "$RUNNER_TEMP/certificate.p12"
security set-key-partition-list -S apple-tool:,apple: -k "$secret" "$keychain" >/dev/null
# codesign looks in the keychains of this list; the login keychain stays in it.
# shellcheck disable=SC2046
security list-keychains -d user -s "$keychain" $(security list-keychains -d user | tr -d '"')
identity=$(security find-identity -v -p codesigning "$keychain" | sed -n 's/^ *1) [0-9A-F]* "\(.*\)"$/\1/p')
if [ -z "$identity" ]; then
    echo "::error::MACOS_CERTIFICATE holds no certificate to sign with: a Developer ID Application is needed."
    exit 1
fi
echo "LEDE_MAC_IDENTITY=$identity" >>"$GITHUB_ENV"

if [ -z "${NOTARY_KEY:-}" ]; then
    echo "::notice::The disk image is not notarised: there is no secret MACOS_NOTARY_KEY."
    exit 0
fi
printf '%s' "$NOTARY_KEY" | base64 --decode >"$key"
{
    echo "LEDE_NOTARY_KEY=$key"
    echo "LEDE_NOTARY_KEY_ID=$NOTARY_KEY_ID"
    echo "LEDE_NOTARY_ISSUER=$NOTARY_ISSUER"
} >>"$GITHUB_ENV"
