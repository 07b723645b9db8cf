#!/bin/sh
# The shop's certificate from Let's Encrypt: `first you@example.com` asks for it, `renew` renews it for ever.
set -eu

own() {
	certbot "$@" --config-dir /srv/certificates --work-dir /tmp/work --logs-dir /tmp/log --non-interactive
}

case "${1:-}" in
first)
	own certonly --webroot --webroot-path /srv/challenges --domain "$SHOP_HOST" --email "$2" --agree-tos
	echo "Now: docker compose -f docker-compose.prod.yml restart nginx"
	;;
renew)
	while sleep 43200; do own renew --quiet || echo "renewing did not work; tried again in 12 hours" >&2; done
	;;
*)
	echo "usage: first EMAIL | renew" >&2
	exit 2
	;;
esac
