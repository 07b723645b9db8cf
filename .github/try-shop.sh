#!/usr/bin/env bash
# Starts a shop from docker-compose.prod.yml and its .env, and asks of it what an operator would look at first.
set -euo pipefail

host=$(sed -n 's/^SHOP_HOST=//p' .env)
ask() { curl --fail --silent --show-error --insecure --max-time 5 --resolve "$host:443:127.0.0.1" "https://$host$1"; }

docker compose up --detach
for _ in $(seq 60); do
	ask /api/health/ready/ >/dev/null 2>&1 && break
	sleep 2
done

ask /api/health/ready/ | grep ok
page=$(ask /)
ask "$(grep --only-matching --max-count 1 '/assets/[^"]*\.js' <<<"$page" | head -n 1)" >/dev/null
ask /api/v1/events/ | grep results
ask /admin/login/ | grep /static/
docker compose run --rm -T web check --deploy --fail-level WARNING
docker compose run --rm -T web audit
for part in nightly base; do
	docker compose exec -T backup /bin/sh "/srv/backup/$part.sh" | grep '\.made'
done
# The archive as far as it goes, in a volume of its own.
DATABASE_VOLUME=delux_rehearsal docker compose run --rm -T --user postgres restore restore-to.sh latest /var/lib/postgresql/data

# Everybody who is watched answers; a copy that has just come is found within ten seconds.
for _ in $(seq 20); do
	targets=$(docker compose exec -T prometheus wget -qO- 'http://localhost:9090/api/v1/targets?state=active')
	[ "$(jq '[.data.activeTargets[] | select(.health != "up")] | length' <<<"$targets")" = 0 ] &&
		[ "$(jq '.data.activeTargets | length' <<<"$targets")" -ge 7 ] && break
	sleep 3
done
jq --raw-output '.data.activeTargets[] | "\(.labels.job) \(.health) \(.lastError)"' <<<"$targets"
[ "$(jq '[.data.activeTargets[] | select(.health != "up")] | length' <<<"$targets")" = 0 ]
curl --fail --silent http://localhost:3000/api/health | grep ok

# The same version once more, while somebody reads: every copy is replaced, and no request fails.
failed=$(mktemp)
while :; do ask "/api/v1/events/?page_size=$((RANDOM % 90 + 1))" >/dev/null 2>>"$failed" || true; done &
reader=$!
deploy/replace.sh
kill "$reader"
cat "$failed"
[ ! -s "$failed" ]
ask /api/health/ready/ | grep ok
