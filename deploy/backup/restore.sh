#!/bin/sh
# restore.sh BACKUP puts what nightly.sh made into an empty database and the folder of pictures ($MEDIA). BACKUP is a
# name in $BACKUPS or a path. `restore.sh --pictures BACKUP` leaves the database alone. All is checked first, and what
# was cut short may be repeated. The pictures become $MEDIA_OWNER's, if that is set.
# Where the database is say PGHOST, PGUSER, PGDATABASE, PGPASSWORD: the product's own role, which owns what it restores.
set -eu
umask 022
export LC_ALL=C

refuse() {
	echo "restore: $1" >&2
	exit 1
}

pictures_alone=""
if [ "${1:-}" = --pictures ]; then
	pictures_alone=yes
	shift
fi
[ "$#" = 1 ] || refuse "which backup? restore.sh [--pictures] 2026-11-22T210000Z"
: "${MEDIA:?the folder of pictures}"
case "$1" in
/*) backup="$1" ;;
*) backup="${BACKUPS:?the folder of backups}/$1" ;;
esac
[ -f "$backup/delux.dump" ] && [ -f "$backup/SHA256SUMS" ] || refuse "$backup is not a finished backup"

cd "$backup"
damaged="$(sha256sum --check --quiet SHA256SUMS 2>/dev/null)" ||
	refuse "$backup is damaged ($(echo "$damaged" | head -n 1)); nothing was restored"
[ "$(find . -type f ! -path ./SHA256SUMS | wc -l)" = "$(wc -l <SHA256SUMS)" ] ||
	refuse "$backup is damaged (SHA256SUMS does not name every file); nothing was restored"

if [ -z "$pictures_alone" ]; then
	tables="$(psql --no-psqlrc --tuples-only --no-align --command \
		"SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")"
	[ "$tables" = 0 ] || refuse "the database $PGDATABASE has $tables tables already; give an empty one"
fi

# Before the rows that name them.
cp -R --preserve=timestamps media/. "$MEDIA"
[ -z "${MEDIA_OWNER:-}" ] || chown -R "$MEDIA_OWNER" "$MEDIA"
if [ -n "$pictures_alone" ]; then
	echo "restored the pictures of $backup"
	exit 0
fi
# Extensions are a superuser's, who made them in the empty database: their comments are not ours to write.
PGOPTIONS="-c statement_timeout=0" pg_restore --dbname "$PGDATABASE" --single-transaction --exit-on-error \
	--no-owner --no-comments delux.dump
# A dump has no statistics: until PostgreSQL gathers them by itself, a statement of a second may take minutes. The tables of
# the server itself are not ours to read, which it would say of each.
PGOPTIONS="-c statement_timeout=0 -c client_min_messages=error" psql --no-psqlrc --quiet --command ANALYZE
echo "restored $backup; next: migrate, then audit"
