#!/bin/sh
# Makes a dump and a base every day at $BACKUP_HOUR (UTC), and at once when the last due one is missing: what is there says
# so by its name. One that fails is said in the log and tried again an hour later.
set -eu
export LC_ALL=C

here="$(dirname "$0")"
hour="${BACKUP_HOUR:-21}"
hour="${hour#0}" # 08 would be octal
while :; do
	now="$(date -u +%s)"
	due="$((now / 86400 * 86400 + ${hour:-0} * 3600))"
	[ "$due" -le "$now" ] || due="$((due - 86400))"
	name="$(date -u -d "@$due" +%Y-%m-%dT%H%M%SZ)"
	pause=300
	for part in nightly base; do
		[ "$part" = base ] && made="${BACKUPS:?}/base" || made="${BACKUPS:?}"
		newest="$(find "$made" -mindepth 1 -maxdepth 1 -type d -name '20*Z' -printf '%f\n' 2>/dev/null | sort | tail -n 1)"
		[ "$(printf '%s\n' "$newest" "$name" | sort | head -n 1)" != "$name" ] || continue
		/bin/sh "$here/$part.sh" && continue
		printf '{"event":"backup.failed","part":"%s","level":"error"}\n' "$part" >&2
		pause=3600
	done
	sleep "$pause"
done
