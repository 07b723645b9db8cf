#!/bin/sh
# Makes a dump and a base every day at $BACKUP_HOUR (UTC). One that fails is said in the log and tried again an hour later.
set -eu

here="$(dirname "$0")"
hour="${BACKUP_HOUR:-21}"
made="$(mktemp -d)"
while :; do
	today="$(date -u +%Y-%m-%d)"
	pause=300
	if [ "$(date -u +%H | sed 's/^0//')" -ge "$hour" ]; then
		for part in nightly base; do
			[ "$(cat "$made/$part" 2>/dev/null)" != "$today" ] || continue
			if /bin/sh "$here/$part.sh"; then
				echo "$today" >"$made/$part"
			else
				printf '{"event":"backup.failed","part":"%s","level":"error"}\n' "$part" >&2
				pause=3600
			fi
		done
	fi
	sleep "$pause"
done
