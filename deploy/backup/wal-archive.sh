#!/bin/sh
# PostgreSQL's archive_command: wal-archive.sh PATH NAME keeps one file of its log of changes (WAL) as
# $BACKUPS/wal/SERVER/NAME.gz; SERVER is the number it was born with, for one made anew would use the same names again.
# It says yes only when the copy is on the disk, because PostgreSQL forgets the file then. Safe to repeat. Another file
# of that name stays as it is.
set -eu
umask 077
export LC_ALL=C

from="$1" name="$2"
number="$(pg_controldata . | sed -n 's/^Database system identifier: *//p')"
archive="${BACKUPS:?the folder of backups}/wal/${number:?pg_controldata does not say which server this is}"
kept="$archive/$name.gz"
working="$archive/.unfinished-$name"

if [ -e "$kept" ]; then
	gzip -dc "$kept" | cmp -s - "$from" && exit 0
	echo "wal-archive: $kept is there already, and not the same" >&2
	exit 1
fi
mkdir -p "$archive"
rm -f "$working"
# A file that is closed because its minute is over is mostly zeros: sixteen megabytes become some kilobytes.
gzip -1 -n <"$from" >"$working"
sync "$working"
mv "$working" "$kept"
sync "$archive"
