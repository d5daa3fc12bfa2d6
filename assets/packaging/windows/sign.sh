#!/bin/sh
# Signs Windows programs, each in its place (Authenticode).
#
#   sh assets/packaging/windows/sign.sh FILE.exe…
#
# Without a certificate it leaves them as they are and says so once. It reads
#
#   LEDE_SIGN_PKCS12     path of the certificate with its key (.p12, .pfx)
#   LEDE_SIGN_PASSWORD   its password, if it has one
#   LEDE_SIGN_TIMESTAMP  address of a timestamp server, so that the signature
#                        outlives the certificate; none by default
set -eu

[ -n "${LEDE_SIGN_PKCS12:-}" ] || exit 0

umask 077
work=$(mktemp -d "${TMPDIR:-/tmp}/lede-sign.XXXXXX")
trap 'rm -rf "$work"' EXIT
# On the command line everybody on the machine could read it.
printf '%s' "${LEDE_SIGN_PASSWORD:-}" >"$work/password"

for program; do
    set -- -pkcs12 "$LEDE_SIGN_PKCS12" -readpass "$work/password" -h sha256 -n Lede
    [ -z "${LEDE_SIGN_TIMESTAMP:-}" ] || set -- "$@" -ts "$LEDE_SIGN_TIMESTAMP"
    [ -z "${SOURCE_DATE_EPOCH:-}" ] || [ -n "${LEDE_SIGN_TIMESTAMP:-}" ] || set -- "$@" -time "$SOURCE_DATE_EPOCH"
    osslsigncode sign "$@" -in "$program" -out "$work/signed" >"$work/said" || {
        cat "$work/said" >&2
        echo "sign: $program could not be signed; the lines above say why." >&2
        exit 1
    }
    cat "$work/signed" >"$program"
    rm -f "$work/signed"
done
