#!/bin/sh
# Run once, by an empty PostgreSQL: the product's own role and database, and the role of whoever only watches.
set -eu

psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres --set password="$DATABASE_PASSWORD" <<'SQL'
CREATE ROLE delux LOGIN PASSWORD :'password';
CREATE DATABASE delux OWNER delux TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8';
GRANT pg_monitor TO delux;
SQL
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname delux --command 'CREATE EXTENSION pg_stat_statements'
