#!/bin/sh
# Prints secrets of a shop of its own, for the end of its .env: `deploy/new-secrets.sh >> .env`. Once.
set -eu

for name in SECRET_KEY TICKET_SIGNING_KEY METRICS_TOKEN DATABASE_PASSWORD POSTGRES_PASSWORD BACKUP_PASSWORD \
	GRAFANA_PASSWORD; do
	# Letters and digits alone: they stand in addresses as they are.
	echo "$name=$(head -c 400 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9' | head -c 50)"
done
