#!/bin/sh
# Makes the folder of backups PostgreSQL's own, which only root can, and goes on as the image does.
set -eu

[ "$(stat -c %U /backups)" = postgres ] || chown -R postgres:postgres /backups
install -d -o postgres -g postgres -m 700 /backups/wal
exec docker-entrypoint.sh "$@"
