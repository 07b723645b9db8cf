#!/bin/sh
# PostgreSQL's restore_command: wal-fetch.sh NAME PATH gives back what wal-archive.sh kept. It ends with 1 when the archive
# has no such file, which is how PostgreSQL learns where it ends, and with 255, which stops the recovery, when the
# archive has a hole there or the file is damaged: what comes after would be missing, and nobody would know.
set -eu
export LC_ALL=C

name="$1" to="$2"
number="$(pg_controldata . | sed -n 's/^Database system identifier: *//p')"
if [ -z "$number" ]; then
	echo "restore-to: pg_controldata does not say which server this is" >&2
	exit 255
fi
archive="${BACKUPS:?the folder of backups}/wal/$number"

if [ -e "$archive/$name.gz" ]; then
	gzip -dc "$archive/$name.gz" >"$to" && exit 0
	echo "restore-to: $archive/$name.gz is damaged" >&2
	exit 255
fi
case "$name" in *.*) exit 1 ;; esac # not WAL, but where a timeline began: most have none
# It came with the base, whole: of the file that was being written when the base was done there is only a beginning.
[ ! -e "pg_wal/archive_status/$name.done" ] || exit 1
timeline="$(printf %.8s "$name")"
newest="$(ls "$archive" 2>/dev/null | grep -x "$timeline[0-9A-F]*\.gz" | tail -n 1)"
if [ "$(printf '%s\n' "$newest" "$name.gz" | sort | tail -n 1)" != "$name.gz" ]; then
	echo "restore-to: $archive/$name.gz is missing, and $newest is there" >&2
	exit 255
fi
exit 1
