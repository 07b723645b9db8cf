#!/bin/sh
# Makes the folder of backups PostgreSQL's own, which only root can, and goes on as the image does: a shop whose disk of
# backups is sick sells on, and ArchiveFails tells.
set -eu

own() {
	if [ "$(stat -c %U "$BACKUPS")" != postgres ]; then
		# What is ours in it: the folder may be somebody's who keeps other things there.
		for ours in "$BACKUPS"/base "$BACKUPS"/wal "$BACKUPS"/20*Z; do
			[ ! -e "$ours" ] || chown -R postgres:postgres "$ours" || return
		done
		chown postgres:postgres "$BACKUPS" || return
	fi
	install -d -o postgres -g postgres -m 700 "$BACKUPS/wal"
}

own || echo "start: $BACKUPS is not PostgreSQL's own; nothing is archived until it is" >&2
exec docker-entrypoint.sh "$@"
