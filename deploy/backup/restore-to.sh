#!/bin/sh
# restore-to.sh "2026-11-22 10:15:00+00" FOLDER makes FOLDER the data of a server as it was at that second: the newest
# base in $BACKUPS before it (base.sh), and the archived WAL from there on. `latest` is as far as the archive goes.
# A server that was restored begins a new timeline, and one that is gone back to writes on in its own. Followed is the one
# that was archived last before the moment; a third argument names another.
# FOLDER is new or empty, and is left so if anything is wrong; the backups are only read. Run it as the user the server
# runs as, and start the server on FOLDER afterwards, as always.
set -eu
umask 077
export LC_ALL=C

refuse() {
	echo "restore-to: $1" >&2
	exit 1
}

[ "$#" = 2 ] || [ "$#" = 3 ] ||
	refuse 'restore-to.sh "2026-11-22 10:15:00+00" FOLDER [TIMELINE], or restore-to.sh latest FOLDER [TIMELINE]'
[ "$(id -u)" != 0 ] || refuse "PostgreSQL does not run as root; run this as its own user"
: "${BACKUPS:?the folder of backups}"
here="$(cd "$(dirname "$0")" && pwd)"
new="$2" timeline="${3:-}" at=""
if [ "$1" = latest ]; then
	target="" until="9999"
else
	at="$(date -u -d "$1" +%s 2>/dev/null)" || refuse "\"$1\" is no moment; say \"2026-11-22 10:15:00+00\""
	target="$(date -u -d "@$at" '+%Y-%m-%d %H:%M:%S+00')" until="$(date -u -d "@$at" +%Y-%m-%dT%H%M%SZ)"
fi
case "$timeline" in *[!0-9]* | 0*) refuse "\"$timeline\" is no timeline; say 2" ;; esac
[ ! -e "$new" ] || [ -z "$(ls -A "$new")" ] || refuse "$new is not empty"

bases="$(find "$BACKUPS/base" -mindepth 1 -maxdepth 1 -type d -name '20*Z' -printf '%f\n' 2>/dev/null | sort)"
[ -n "$bases" ] || refuse "there is no base in $BACKUPS/base"
early="$(echo "$bases" | awk -v until="$until" '$0 "" <= until ""')"
[ -n "$early" ] || refuse "no base is so old; the oldest is of $(echo "$bases" | head -n 1)"

# The number of the server is that of its newest base.
number="$(sed -n 's|/.*||p' "$BACKUPS/base/$(echo "$early" | tail -n 1)/wal" 2>/dev/null || true)"
[ -n "$number" ] || refuse "the base $BACKUPS/base/$(echo "$early" | tail -n 1) is damaged"
archive="$BACKUPS/wal/$number"
if [ -z "$timeline" ]; then
	last="$(find "$archive" -maxdepth 1 -regextype posix-extended -regex '.*/[0-9A-F]{8}([0-9A-F]{16}|\.history)\.gz' \
		${at:+! -newermt "@$at"} -printf '%T@ %f\n' 2>/dev/null | sort -n | tail -n 1 | cut -d ' ' -f 2)"
	: "${last:=$(cut -d / -f 2 "$BACKUPS/base/$(echo "$early" | tail -n 1)/wal")}"
	timeline="$((0x$(printf %.8s "$last")))"
fi
# Where it left each timeline it comes from.
history="$(gzip -dc "$archive/$(printf %08X "$timeline").history.gz" 2>/dev/null || true)"
position() {
	echo "$((0x${1%/*} * 4294967296 + 0x${1#*/}))"
}
leads_there() {
	its="$(sed -n "s|^$number/||p" "$BACKUPS/base/$1/wal")"
	[ -n "$its" ] || return 1
	own="$((0x$(printf %.8s "$its")))"
	[ "$own" != "$timeline" ] || return 0
	left="$(echo "$history" | awk -v own="$own" '$1 == own { print $2 }')"
	begun="$(echo "$its" | awk '{ print $2 }')"
	[ -n "$left" ] && [ "$(position "${begun:-0/0}")" -lt "$(position "$left")" ]
}
base=""
for each in $early; do
	! leads_there "$each" || base="$each"
done
[ -n "$base" ] || refuse "no base leads to timeline $timeline"
(cd "$BACKUPS/base/$base" && sha256sum --check --status SHA256SUMS 2>/dev/null) ||
	refuse "the base $BACKUPS/base/$base is damaged"

scratch="$(mktemp -d)"
undo() {
	pg_ctl stop --silent --pgdata "$new" --mode immediate >/dev/null 2>&1 || true
	find "$new" -mindepth 1 -delete
	rm -rf "$scratch"
}
why() {
	said="$(sed -n 's/^restore-to: //p' "$scratch/log" | tail -n 1)"
	if [ -z "$said" ] && grep -q 'recovery ended before configured recovery target' "$scratch/log"; then
		said="the archive ends before $target; \`latest\` restores as far as it goes"
	fi
	refuse "${said:-$(grep -E 'FATAL|PANIC' "$scratch/log" | tail -n 1)}"
}
mkdir -p "$new"
trap undo EXIT
trap 'exit 130' INT TERM
tar --directory "$new" --extract --gzip --file "$BACKUPS/base/$base/base.tar.gz"

# Nobody can reach this server. Its last words, from which a new timeline begins, wait for the archive of whoever takes
# it into service: a rehearsal leaves no trace there, whatever ALTER SYSTEM once said.
cat >"$scratch/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$scratch'
hot_standby = off
archive_mode = on
restore_command = '/bin/sh "$here/wal-fetch.sh" "%f" "%p"'
recovery_target_time = '$target'
recovery_target_timeline = '$timeline'
recovery_target_action = promote
CONF
touch "$new/recovery.signal"
pg_ctl start --silent --wait --timeout 86400 --pgdata "$new" --log "$scratch/log" \
	--options "-c config_file='$scratch/postgresql.conf' -c archive_command='' -c lc_messages=C" >/dev/null 2>&1 || true
# pg_ctl waits until the server is consistent; it is ready when all the WAL that was asked for is in it.
until [ "$(sed -n 8p "$new/postmaster.pid" 2>/dev/null | tr -d ' ')" = ready ]; do
	pg_ctl status --pgdata "$new" >/dev/null 2>&1 || why
	sleep 0.1
done
reached="$(sed -n 's/.*last completed transaction was at log time //p' "$scratch/log" | tail -n 1)"
pg_ctl stop --silent --wait --pgdata "$new" --mode fast >/dev/null
trap - EXIT
rm -rf "$scratch"
echo "restored ${target:-the latest} on timeline $timeline from the base $base; last change: ${reached:-none after the base}"
echo "next: start the server on $new, then migrate, then audit"
