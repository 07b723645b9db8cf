#!/bin/sh
# One base for restoring to a second: $BACKUPS/base/<moment>/ gets the whole server (base.tar.gz), where its WAL begins (wal:
# the server's number, the first file, the first byte) and checksums. It is good for every second from the moment it is
# called after, with the WAL that the server archives (wal-archive.sh). Bases $BACKUP_KEEP_DAYS older than the newest go,
# and the WAL that only they needed.
# Where the server is say PGHOST, PGUSER, PGDATABASE, PGPASSWORD; the role has to have REPLICATION.
set -eu
umask 077
export LC_ALL=C

bases="${BACKUPS:?the folder of backups}/base"
keep_days="${BACKUP_KEEP_DAYS:-14}"
number=""

ask() {
	psql --no-psqlrc --tuples-only --no-align --command "$1"
}

forget() {
	newest="$(find "$bases" -mindepth 1 -maxdepth 1 -type d -name '20*Z' | sort | tail -n 1)"
	[ -n "$newest" ] || return 0
	oldest="$(($(stat -c %Y "$newest") - keep_days * 86400))"
	find "$bases" -mindepth 1 -maxdepth 1 -type d -name '20*Z' ! -newermt "@$oldest" ! -path "$newest" -exec rm -rf {} +
	for archive in "$BACKUPS"/wal/[0-9]*/; do
		[ -d "$archive" ] || continue
		server="$(basename "$archive")"
		# The lowest of them, whatever its timeline: whoever went back to an older server writes lower ones again.
		needed="$(cat "$bases"/20*Z/wal | sed -n "s|^$server/\([0-9A-F]*\).*|\1|p" | sort -k 1.9 | head -n 1)"
		if [ -n "$needed" ]; then
			pg_archivecleanup --clean-backup-history --strip-extension .gz "$archive" "$needed"
		elif [ -n "$number" ] && [ "$server" != "$number" ]; then
			rm -rf "$archive" # of a server that was given up, with its last base
		fi
	done
}

mkdir -p "$bases"
# What a run left that was killed; a younger one may be at work yet.
find "$bases" -mindepth 1 -maxdepth 1 -type d -name '.unfinished-*' -mmin +1440 -exec rm -rf {} +
forget
# The server's files, and the same packed: the archive of WAL needs the rest of this disk.
takes="$(ask 'SELECT (sum(pg_database_size(oid)) * 1.5 / 1048576)::bigint FROM pg_database')"
free="$(($(df --output=avail --block-size=1 "$bases" | tail -n 1) / 1048576))"
if [ "$free" -lt "$takes" ]; then
	echo "base: $bases has $free MB left, and a base takes $takes MB while it is made; none was made" >&2
	exit 1
fi

working="$(mktemp -d "$bases/.unfinished-XXXXXX")"
trap 'rm -rf "$working"' EXIT
pg_basebackup --pgdata "$working/server" --checkpoint spread --no-password
# By the server's clock, which wrote the times into its WAL; the second that is begun is not whole yet.
whole="$(ask 'SELECT ceil(extract(epoch FROM clock_timestamp()))')"
name="$(date -u -d "@$whole" +%Y-%m-%dT%H%M%SZ)"

cd "$working"
pg_verifybackup --quiet server
number="$(pg_controldata server | sed -n 's/^Database system identifier: *//p')"
first="$(sed -n 's/^START WAL LOCATION: \(.*\) (file \([0-9A-F]*\))$/\2 \1/p' server/backup_label)"
echo "${number:?}/${first:?}" >wal
tar --directory server --create --use-compress-program 'gzip -1' --file base.tar.gz .
rm -rf server
sha256sum wal base.tar.gz >SHA256SUMS
sync wal base.tar.gz SHA256SUMS
mv -T "$working" "$bases/$name"
trap - EXIT

forget
printf '{"event":"base.made","base":"%s","bytes":%s}\n' "$name" "$(stat -c %s "$bases/$name/base.tar.gz")"
