#!/bin/sh
# A new version while people buy: copies of it start beside those of the old one, which then leave one by one.
# After `git pull`, in the checkout: deploy/replace.sh [--pull], which takes the images of a release instead of building.
set -eu
cd "$(dirname "$0")/.."

shop() { docker compose -f docker-compose.prod.yml "$@"; }

leave() {
	docker stop --time 35 "$1"
	docker rm "$1"
}

# Whoever interrupts it ends what is being done, and with that this; not before new copies that are half there are gone.
trap : INT

if [ "${1:-}" = --pull ]; then shop pull --quiet; else shop build --quiet; fi
# It gives way to whoever uses a table; if that was not enough, it says so, and nothing is replaced.
shop run --rm --no-deps migrate

for service in web worker; do
	before=$(shop ps --all --quiet "$service")
	old=$(shop ps --quiet "$service")
	copies=$(echo "$old" | wc -w)
	if ! shop up --detach --no-deps --no-build --no-recreate --wait \
		--scale "$service=$((copies > 0 ? copies * 2 : 1))" "$service"; then
		echo "The new copies of $service did not get well: they go, and the old ones go on." >&2
		for copy in $(shop ps --all --quiet "$service"); do
			case $before in *"$copy"*) ;; *) leave "$copy" ;; esac
		done
		exit 1
	fi
	for copy in $old; do leave "$copy"; done
done

# The rest, whose place one new container takes: the clock, what watches, and nginx if the site has changed. Not what holds
# people's connections: docs/deploy.md says what replacing that costs.
# shellcheck disable=SC2046
shop up --detach --no-deps --no-build $(shop config --services | grep -vxE 'web|worker|migrate|pgbouncer|db|redis')
