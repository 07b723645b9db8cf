#!/bin/sh
# Makes a backup every day at $BACKUP_HOUR (UTC). One that fails is said in the log and tried again an hour later.
set -eu

hour="${BACKUP_HOUR:-21}"
done_on=""
while :; do
	today="$(date -u +%Y-%m-%d)"
	if [ "$(date -u +%H | sed 's/^0//')" -ge "$hour" ] && [ "$done_on" != "$today" ]; then
		if /bin/sh "$(dirname "$0")/nightly.sh"; then
			done_on="$today"
		else
			echo '{"event":"backup.failed","level":"error"}' >&2
			sleep 3600
			continue
		fi
	fi
	sleep 300
done
