#!/bin/sh
# One backup: $BACKUPS/<date and time>/ gets the database (delux.dump) and the pictures (media/), with checksums, and
# what is older than $BACKUP_KEEP_DAYS goes. Where the database is say PGHOST, PGUSER, PGDATABASE, PGPASSWORD.
# Pictures never change under their name: one that the backup before has costs a second name, not a second copy. Their
# copies belong to whoever runs this: giving files away is a right the container does not have.
set -eu

: "${BACKUPS:?the folder of backups}" "${MEDIA:?the folder of pictures}"
keep_days="${BACKUP_KEEP_DAYS:-14}"
name="$(date -u +%Y-%m-%dT%H%M%SZ)"
before="$(find "$BACKUPS" -mindepth 1 -maxdepth 1 -type d -name '20*Z' | sort | tail -n 1)"
# Unfinished, it has another name: what is called a backup is one.
working="$BACKUPS/.unfinished-$name"
trap 'rm -rf "$working"' EXIT
# For nobody else to read.
mkdir -m 700 "$working"
mkdir "$working/media"
# What a run left that was killed; a younger one may be at work yet.
find "$BACKUPS" -mindepth 1 -maxdepth 1 -type d -name '.unfinished-*' -mmin +1440 -exec rm -rf {} +

# The product's own bound on a statement is for people who wait.
PGOPTIONS="-c statement_timeout=0 -c lock_timeout=60s" pg_dump --format=custom --file "$working/delux.dump"
# A picture is always there before the row that names it: copied after the dump, none of the dump's is missing.
cd "$MEDIA"
find . -type d -exec mkdir -p "$working/media/{}" \;
find . -type f | while IFS= read -r file; do
	ln "${before:-/nowhere}/media/$file" "$working/media/$file" 2>/dev/null ||
		cp --preserve=mode,timestamps "$file" "$working/media/$file" ||
		[ ! -e "$file" ] # deleted since it was listed
done

cd "$working"
# Read back whole: a dump that cannot be listed is none.
pg_restore --list delux.dump >/dev/null
sha256sum delux.dump >SHA256SUMS
find media -type f -print0 | sort -z | xargs -0 -r sha256sum >>SHA256SUMS
mv -T "$working" "$BACKUPS/$name"
trap - EXIT

find "$BACKUPS" -mindepth 1 -maxdepth 1 -type d -name '20*Z' -mtime "+$keep_days" -exec rm -rf {} +
printf '{"event":"backup.made","backup":"%s","bytes":%s}\n' "$name" "$(stat -c %s "$BACKUPS/$name/delux.dump")"
