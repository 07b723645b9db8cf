#!/bin/sh
# One base for restoring to a second: $BACKUPS/base/<moment>/ gets the whole server (base.tar.gz), the first file of WAL it
# needs (wal) and checksums. It is good for every second from the moment it is called after, with the WAL that the server
# archives (wal-archive.sh). Bases older than $BACKUP_KEEP_DAYS go, and the WAL that only they needed.
# Where the server is say PGHOST, PGUSER, PGDATABASE, PGPASSWORD; the role has to have REPLICATION.
set -eu
umask 077

bases="${BACKUPS:?the folder of backups}/base"
keep_days="${BACKUP_KEEP_DAYS:-14}"
mkdir -p "$bases"
working="$(mktemp -d "$bases/.unfinished-XXXXXX")"
trap 'rm -rf "$working"' EXIT
# What a run left that was killed; a younger one may be at work yet.
find "$bases" -mindepth 1 -maxdepth 1 -type d -name '.unfinished-*' -mmin +1440 -exec rm -rf {} +

pg_basebackup --pgdata "$working/server" --checkpoint spread --no-password
# By the server's clock, which wrote the times into its WAL; the second that is begun is not whole yet.
whole="$(psql --no-psqlrc --tuples-only --no-align --command 'SELECT ceil(extract(epoch FROM clock_timestamp()))')"
name="$(date -u -d "@$whole" +%Y-%m-%dT%H%M%SZ)"

cd "$working"
pg_verifybackup --quiet server
number="$(LC_ALL=C pg_controldata server | sed -n 's/^Database system identifier: *//p')"
first="$(sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]*\))$/\1/p' server/backup_label)"
echo "${number:?}/${first:?}" >wal
tar --directory server --create --use-compress-program 'gzip -1' --file base.tar.gz .
rm -rf server
sha256sum wal base.tar.gz >SHA256SUMS
sync wal base.tar.gz SHA256SUMS
mv -T "$working" "$bases/$name"
trap - EXIT

find "$bases" -mindepth 1 -maxdepth 1 -type d -name '20*Z' -mtime "+$keep_days" -exec rm -rf {} +
for archive in "$BACKUPS"/wal/*; do
	# The oldest base comes first. A server that was given up leaves none at last.
	needed="$(cat "$bases"/20*Z/wal | sed -n "s|^${archive##*/}/||p" | head -n 1)"
	if [ -n "$needed" ]; then
		pg_archivecleanup --clean-backup-history --strip-extension .gz "$archive" "$needed"
	else
		rm -rf "$archive"
	fi
done
printf '{"event":"base.made","base":"%s","bytes":%s}\n' "$name" "$(stat -c %s "$bases/$name/base.tar.gz")"
