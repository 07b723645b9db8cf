#!/bin/sh
# Prints what CHANGELOG.md says of a version: `deploy/changes.sh 1.2.0`. Fails if it says nothing.
set -eu

changes="$(awk -v wanted="## ${1:?a version}" '
	/^## / { inside = ($0 == wanted || index($0, wanted " ") == 1); next }
	inside
' "$(dirname "$0")/../CHANGELOG.md")"
[ -n "$(printf %s "$changes" | tr -d '[:space:]')" ] || { echo "CHANGELOG.md says nothing of $1" >&2; exit 1; }
printf '%s\n' "$changes"
