#!/bin/sh
# Tests the packages for Windows under Wine: what the files say of themselves, the
# signing with a certificate of its own, installing into a new prefix, the main job in
# the real window, the double click, uninstalling, the portable copy. "make
# test-packages" runs it (assets/packaging/test.sh says with what).
#
# LEDE_TEST_E2E names the end-to-end tests that drive the installed window; those by
# default open the sample, import an article, tag a span, export, and read the result.
set -eu
# shellcheck source=assets/packaging/common.sh
. assets/packaging/common.sh

here=$PWD/assets/packaging/windows
setup=$(ls "$DIST"/*-setup.exe)
portable=$(ls "$DIST"/*-portable.zip)

say() { printf '%s\n' "$*"; }
die() {
    say "FAILED: $*" >&2
    exit 1
}
ok() { say "ok  $*"; }

# ---- What the files say of themselves ------------------------------------------

mkdir "$WORK/portable"
(cd "$WORK/portable" && unzip -q "$portable")
files=$WORK/portable/Lede

# has FILE TEXT looks for a text in UTF-8 or UTF-16 inside a file.
has() {
    LC_ALL=C grep -qaF -- "$2" "$1" || LC_ALL=C tr -d '\000' <"$1" | LC_ALL=C grep -qaF -- "$2" || die "$1 does not say “$2”"
}

# imports FILE fails for a library that Windows does not bring along.
imports() {
    x86_64-w64-mingw32-objdump -p "$1" | sed -n 's/^.*DLL Name: //p' | tr '[:upper:]' '[:lower:]' | sort -u >"$WORK/imports"
    unknown=$(grep -vxE '(advapi32|comctl32|gdi32|imm32|kernel32|msvcrt|ntdll|ole32|opengl32|shell32|user32|winmm|ws2_32)\.dll' "$WORK/imports" || true)
    [ -z "$unknown" ] || die "$1 needs $unknown, which Windows may lack"
}

for program in Lede lede-cli; do
    exe=$files/$program.exe
    imports "$exe"
    for said in '<longPathAware' 'PerMonitorV2' '>UTF-8</activeCodePage>' "$LEDE_LABEL" "$program.exe"; do
        has "$exe" "$said"
    done
done
x86_64-w64-mingw32-objdump -p "$files/Lede.exe" | grep -q 'Windows GUI' || die "Lede.exe would open a console window"
x86_64-w64-mingw32-objdump -p "$files/lede-cli.exe" | grep -q 'Windows CUI' || die "lede-cli.exe has no console"
x86_64-w64-mingw32-objdump -h "$files/Lede.exe" | grep -q '\.rsrc' || die "Lede.exe has no resources"
ok "programs: resources, manifest, only libraries that Windows has"

# ---- Signing ---------------------------------------------------------------------

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=Lede test' -addext extendedKeyUsage=codeSigning \
    -keyout "$WORK/key.pem" -out "$WORK/cert.pem" 2>/dev/null
openssl pkcs12 -export -inkey "$WORK/key.pem" -in "$WORK/cert.pem" -passout pass:secret -out "$WORK/cert.p12"
cp "$setup" "$WORK/signed.exe"
LEDE_SIGN_PKCS12=$WORK/cert.p12 LEDE_SIGN_PASSWORD=secret SOURCE_DATE_EPOCH='' sh "$here/sign.sh" "$WORK/signed.exe"
osslsigncode verify -CAfile "$WORK/cert.pem" -in "$WORK/signed.exe" >"$WORK/verified" 2>&1 || die "the signature is not valid: $(cat "$WORK/verified")"
if LEDE_SIGN_PKCS12=$WORK/cert.p12 LEDE_SIGN_PASSWORD=wrong sh "$here/sign.sh" "$WORK/signed.exe" 2>/dev/null; then
    die "signing with a wrong password ended well"
fi
ok "signing: a self-signed certificate, verified; a wrong password is an error"

# ---- A new Windows ----------------------------------------------------------------

screen=''
cleanup() {
    wineserver -k 2>/dev/null || true
    [ -z "$screen" ] || kill "$screen" 2>/dev/null || true
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM

export WINEPREFIX="$WORK/prefix" WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml=' LIBGL_ALWAYS_SOFTWARE=1
go_test=$WORK/e2e.test
sh assets/packaging/go.sh test -c -o "$go_test" ./app/e2e
export LC_ALL=C.UTF-8
# Wine makes Documents and its like links into the home folder.
mkdir "$WORK/home"
export HOME="$WORK/home"
PATH=$PATH:/usr/lib/wine
# Debian keeps the server under another name.
if ! command -v wineserver >/dev/null 2>&1; then
    mkdir "$WORK/bin"
    ln -s "$(command -v wineserver64)" "$WORK/bin/wineserver"
    PATH=$WORK/bin:$PATH
fi
screen
wine wineboot -u >/dev/null 2>&1
wineserver -w
c=$WINEPREFIX/drive_c
user=$(find "$c/users" -mindepth 1 -maxdepth 1 ! -name Public)
# Only where Wine has none of its own: an overwritten one would be worse than none.
[ -e "$c/windows/system32/bcryptprimitives.dll" ] ||
    x86_64-w64-mingw32-gcc -shared -O2 -o "$c/windows/system32/bcryptprimitives.dll" "$here/wine/bcryptprimitives.c" -ladvapi32
x86_64-w64-mingw32-gcc -municode -mwindows -O2 -o "$c/explorer.exe" "$here/wine/explorer.c"
# The tests' window manager draws no frames; with Wine's own the window knows where it is.
wine reg add 'HKCU\Software\Wine\X11 Driver' /v Decorated /d N /f >/dev/null
wine reg export 'HKCU\Software' 'C:\before.reg' >/dev/null 2>&1
ok "a new Windows, $(wine --version)"

# ---- Installing ---------------------------------------------------------------------

wine "$setup" /S || die "the installer ended with $?"
app=$user/AppData/Local/Programs/Lede
for f in Lede.exe lede-cli.exe uninstall.exe LICENSE.txt THIRD_PARTY.txt fonts/DejaVuSans.ttf fonts/DroidSansFallbackFull.ttf; do
    [ -s "$app/$f" ] || die "$f was not installed"
done
find "$user" -name Lede.lnk | grep -q . || die "there is no Lede in the start menu"
# value KEY NAME prints a value of the registry; the name "" is the key's own.
value() {
    key="HKCU\\Software\\$1"
    if [ -n "$2" ]; then set -- /v "$2"; else set -- /ve; fi
    wine reg query "$key" "$@" 2>/dev/null | tr -d '\r' | sed -n 's/^ .*REG_[A-Z]* *//p'
}
[ "$(value 'Classes\.lede' '')" = Lede.Project ] || die "files named .lede belong to “$(value 'Classes\.lede' '')”"
[ "$(value 'Microsoft\Windows\CurrentVersion\Uninstall\Lede' DisplayVersion)" = "$LEDE_LABEL" ] || die "the list of programs does not have Lede $LEDE_LABEL"
ok "installed: $(megabytes "$(wc -c <"$setup")") to download, $(megabytes "$(installed "$app")") on the disk"

# ---- The command line, with names that hurt -------------------------------------------

cli() { wine "$app/lede-cli.exe" "$@"; }
work="$user/Documents/Ærø 北京 'x' & (y)"
mkdir -p "$work"
cd "$work"
# All is read before it is looked at: a program whose reader has left says so, in Windows.
cli version >said
grep -qF "$LEDE_VERSION" said || die "lede-cli does not say its version"
cli new 'нов 🚢.lede' --actor ana >/dev/null
cli import 'нов 🚢.lede' "$OLDPWD/assets/sample/sample.jsonl" --actor ana >/dev/null 2>&1 || die "the sample could not be imported"
cli export 'нов 🚢.lede' --format jsonl --out 'out.jsonl' >/dev/null 2>&1 || die "the project could not be exported"
grep -q '"label"' out.jsonl || die "the export has no spans"
cli export 'нов 🚢.lede' --format brat --out 'CON' >/dev/null 2>&1 && die "an export may be called CON"
if cli export none.lede --format jsonl --out x >said 2>&1; then die "a project that is not there was exported"; fi
grep -q 'there is no such file' said || die "of a project that is not there it said: $(cat said)"
deep=$(printf 'folder-of-forty-characters-that-is-long-%s/' 1 2 3 4 5 6 7)
mkdir -p "$deep"
cli new "$(echo "$deep" | tr / '\134')deep.lede" --actor ana >/dev/null || die "a project with a long path was not made"
[ -s "$deep/deep.lede" ] || die "the project with a long path is not there"
[ "$(wine "$app/Lede.exe" version | tr -d '\r')" != "" ] || die "Lede.exe prints nothing into a pipe"
cd "$OLDPWD"
ok "lede-cli: names in other scripts, a path of $(printf %s "$work/$deep" | wc -m) characters, errors"

# ---- The window -------------------------------------------------------------------------

# The end-to-end tests start "lede" with paths of this system, which Wine understands.
cat >"$WORK/lede" <<EOF
#!/bin/sh
exec wine "$app/Lede.exe" "\$@"
EOF
chmod +x "$WORK/lede"
for t in ${LEDE_TEST_E2E:-TestTagging TestImport TestExport}; do
    wineserver -k 2>/dev/null || true
    wineserver -w
    began=$(now)
    (cd app/e2e && env -u DISPLAY LEDE_E2E=1 LEDE_BIN="$WORK/lede" "$go_test" -test.parallel 1 -test.run "^$t\$") >"$WORK/said" 2>&1 || {
        cat "$WORK/said"
        die "$t in the installed window; pictures are in app/e2e/artifacts"
    }
    ok "window: $t, $(($(now) - began)) ms"
done
wineserver -k 2>/dev/null || true
wineserver -w

# start PROGRAM says how long it takes from its start to the open article, in
# milliseconds: the middle of five times, the screen drawn by the processor.
start() {
    for _ in 1 2 3 4 5; do
        rm -f "$c/probe"
        began=$(now)
        LEDE_PROBE='C:\probe' wine "$1" --sample >/dev/null 2>&1 &
        started=$!
        opened "$c/probe" || die "$1 did not open the sample"
        echo $(($(now) - began))
        kill "$started"
        wait "$started" || true
    done | sort -n | sed -n 3p
}
wine cmd /c exit # so that Windows itself has started
ok "start, installed: $(start "$app/Lede.exe") ms"

# ---- The double click ---------------------------------------------------------------------

# Windows looks for a type among the person's own first. Wine 8 does not know these: the
# test puts the same among the machine's.
wine reg export 'HKCU\Software\Classes' 'C:\classes.reg' >/dev/null 2>&1
iconv -f UTF-16 -t UTF-8 "$c/classes.reg" | sed 's/^\[HKEY_CURRENT_USER/[HKEY_LOCAL_MACHINE/' | iconv -f UTF-8 -t UTF-16 >"$c/machine.reg"
wine reg import 'C:\machine.reg' >/dev/null 2>&1 || die "the types could not be copied"
double="$work/нов 🚢.lede"
clicked=$(winepath -w "$double")
began=$(now)
LEDE_PROBE='C:\probe' wine 'C:\explorer.exe' "$clicked" &
clicked=$!
opened "$c/probe" || die "a double click on a .lede did not open it"
took=$(($(now) - began))
sleep 1
[ -z "${LEDE_TEST_PICTURE:-}" ] || import -window root "$LEDE_TEST_PICTURE"
# While it is open it can neither be replaced nor removed.
code=0
wine "$setup" /S || code=$?
[ "$code" = 3 ] || die "installing over a running Lede ended with $code, not 3"
window=$(xdotool search --onlyvisible --name Lede | tail -n 1)
xdotool windowfocus "$window" key --clearmodifiers ctrl+q
code=0
wait "$clicked" || code=$?
[ "$code" = 0 ] || die "the window ended with $code"
cli check "$(winepath -w "$double")" >/dev/null || die "the project is not whole after the window"
ok "a double click opens a project in $took ms; a running Lede is not replaced"

# ---- Uninstalling ----------------------------------------------------------------------------

echo mine >"$app/mine.txt"
wine "$app/uninstall.exe" /S
for _ in $(seq 100); do
    [ -e "$app/uninstall.exe" ] || break
    sleep 0.1
done
wineserver -w
[ "$(ls "$app")" = mine.txt ] || die "the uninstaller left, or took, something: $(ls "$app")"
find "$user" -name Lede.lnk | grep -q . && die "Lede is still in the start menu"
wine reg export 'HKCU\Software' 'C:\after.reg' >/dev/null 2>&1
for f in before after; do
    iconv -f UTF-16 -t UTF-8 "$c/$f.reg" | tr -d '\r' | grep -i 'lede' >"$WORK/$f.reg" || true
done
cmp -s "$WORK/before.reg" "$WORK/after.reg" || die "the registry still has: $(cat "$WORK/after.reg")"
{ [ -s "$double" ] && [ -s "$user/AppData/Local/lede/state.json" ]; } || die "the uninstaller took projects or settings"
ok "uninstalled: programs, menu and registry are clean; projects, settings and other files are there"

# ---- The portable copy -----------------------------------------------------------------------

wine "$files/lede-cli.exe" stats "$(winepath -w "$double")" >/dev/null
[ -s "$files/lede-settings/state.json" ] || die "the portable copy does not keep its settings beside itself"
ok "portable: $(megabytes "$(wc -c <"$portable")") to download, $(megabytes "$(installed "$files")") on the disk, start $(start "$files/Lede.exe") ms"
ok "portable: settings stay beside the program"
