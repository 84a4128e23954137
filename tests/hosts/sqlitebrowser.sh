# DB Browser for SQLite:  sh sqlitebrowser.sh /path/to/build/h2040.so billing.db screenshot.png
#
# A user adds the library in Edit > Preferences > Extensions, which writes the setting
# extensions/list: then every database that is opened has it.  Here the setting is given
# for one run, and the window stands on a screen of its own (Xvfb).
library=$1 file=$(realpath "$2") picture=$3

if [ -z "$on_its_own_screen" ]; then
  on_its_own_screen=yes exec xvfb-run -a -s "-screen 0 1400x900x24" sh "$0" "$@"
fi
HOME=$(mktemp -d)
export HOME XDG_RUNTIME_DIR="$HOME"

# Tries a command once a second until it succeeds.
wait_until() {
  for second in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    "$@" >/dev/null 2>&1 && return
    sleep 1
  done
  echo "DB Browser: waited in vain for: $*" >&2
}

# The answers: a script that it runs when it has opened the database.
cat > "$HOME/answers.sql" <<'SQL'
CREATE TABLE version AS SELECT sqlite_version();
CREATE TABLE checked AS
SELECT claim_id, h2040_check('hcpcs_code', hcpcs_code, 'modifiers', modifiers, 'units', units), modifier_valid(modifiers)
  FROM claim_line;
CREATE TABLE over AS
SELECT claim_id, service_date, units_before, units_over, status FROM sessions_over_cap('claim_line', 2, 'month');
COMMIT;
SQL
sqlitebrowser -o "extensions/list=$library" -s "$HOME/answers.sql" "$file" & browser=$!
wait_until sqlite3 "$file" 'SELECT * FROM over'
kill $browser
wait $browser 2>/dev/null
sqlite3 -bail "$file" 'SELECT * FROM version; SELECT * FROM checked; SELECT * FROM over;'

# The picture, for human eyes: a query typed into the tab Execute SQL and run by Ctrl+R.
sqlitebrowser -o "extensions/list=$library" "$file" & browser=$!
wait_until xdotool search --onlyvisible --name '^DB Browser for SQLite - '
sleep 2
xdotool search --onlyvisible --name '^DB Browser for SQLite - ' \
  windowsize --sync 1400 900 windowfocus --sync sleep 1 \
  mousemove 428 80 click 1 sleep 1 mousemove 300 250 click 1 sleep 1 \
  type "SELECT claim_id, rule, severity, message FROM h2040_audit('claim_line') "
sleep 1
xdotool key Escape key ctrl+r
sleep 2 # the hourglass stays now and then: so it does with any query and no extension
import -window root "$picture"
kill $browser
wait $browser 2>/dev/null
rm -rf "$HOME"
