#!/bin/sh
# A new version while people buy: copies of it start beside those of the old one, which then leave one by one.
# After `git pull`, in the checkout: deploy/replace.sh [--pull], which takes the images of a release instead of building.
set -eu
cd "$(dirname "$0")/.."

shop() { docker compose -f docker-compose.prod.yml "$@"; }

if [ "${1:-}" = --pull ]; then shop pull --quiet; else shop build --quiet; fi
# It gives way to whoever uses a table; if that was not enough, it says so, and nothing is replaced.
shop run --rm migrate

scales=
for service in web worker; do
	old=$(shop ps --quiet "$service")
	copies=$(echo "$old" | wc -w)
	[ "$copies" -gt 0 ] || copies=1
	scales="$scales --scale $service=$copies"
	shop up --detach --no-deps --no-build --no-recreate --wait \
		--scale "$service=$(($(echo "$old" | wc -w) + copies))" "$service"
	for copy in $old; do
		docker stop --time 35 "$copy"
		docker rm "$copy"
	done
done

# The rest, whose place one new container takes: the clock, and nginx if the site has changed.
# shellcheck disable=SC2086
shop up --detach --no-build $scales
