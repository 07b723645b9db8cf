#!/bin/sh
# Makes what is missing: the product's own role and database, and the role of whoever makes backups, which may read
# everything and write nothing. Run by an empty PostgreSQL at its first start, and by hand when there shall be an empty
# database again.
set -eu

: "${DATABASE_PASSWORD:?}" "${BACKUP_PASSWORD:?}"
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
-- The product may read pg_stat_statements, where CREATE ROLE would stand with its password; arguments are for all to see.
SET pg_stat_statements.track = 'none';
\getenv password DATABASE_PASSWORD
\getenv backup_password BACKUP_PASSWORD
SELECT format('CREATE ROLE delux LOGIN PASSWORD %L', :'password')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'delux') \gexec
SELECT format('CREATE ROLE delux_backup LOGIN REPLICATION PASSWORD %L', :'backup_password')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'delux_backup') \gexec
GRANT pg_monitor TO delux;
GRANT pg_read_all_data TO delux_backup;
SELECT $$CREATE DATABASE delux OWNER delux TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin
	BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8'$$
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'delux') \gexec
\connect delux
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
SQL
