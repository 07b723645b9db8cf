#!/bin/sh
# Prints the secrets that the .env of this checkout lacks, for its end: `deploy/new-secrets.sh >> .env`. Those it has stay.
set -eu

settings="$(dirname "$0")/../.env"
[ ! -s "$settings" ] || [ -z "$(tail -c 1 "$settings")" ] || echo # the last line may have no end
for name in SECRET_KEY TICKET_SIGNING_KEY METRICS_TOKEN DATABASE_PASSWORD POSTGRES_PASSWORD BACKUP_PASSWORD \
	GRAFANA_PASSWORD; do
	! grep -qs "^$name=." "$settings" || continue
	# Letters and digits alone: they stand in addresses as they are.
	echo "$name=$(head -c 400 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9' | head -c 50)"
done
