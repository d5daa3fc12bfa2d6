# Turns CHANGELOG.md into the releases of AppStream metadata: of each version its first
# ten lines, the rest is in the changelog.
#
#   awk -v today=2026-11-23 -f releases.awk CHANGELOG.md
#
# A version that is not out yet has the day of the commit.

# close_item ends the line that is read, close_release the version.
function close_item(  text) {
    if (item == "") return
    text = item
    item = ""
    if (++items > 10) return
    gsub(/\[[^]]*\]\([^)]*\)/, "", text)     # links
    gsub(/[`*]/, "", text)
    gsub(/; docs\/[a-z-]+[.]md/, "", text)
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    gsub(/>/, "\\&gt;", text)
    if (items == 1) print "      <description>\n        <ul>"
    print "          <li>" text "</li>"
}
function close_release() {
    close_item()
    if (items > 0) print "        </ul>\n      </description>"
    if (version != "") print "    </release>"
    items = 0
}

/^## \[[0-9]/ {
    close_release()
    version = $2
    gsub(/[][]/, "", version)
    day = $4 ~ /^[0-9][0-9][0-9][0-9]-/ ? $4 : today
    print "    <release version=\"" version "\" date=\"" day "\">"
    next
}
version == "" { next }
/^- / { close_item(); item = substr($0, 3); next }
/^  [^ ]/ && item != "" { item = item " " substr($0, 3); next }
{ close_item() }
END { close_release() }
