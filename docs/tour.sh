#!/usr/bin/env bash
# One delegation, from two strangers to the certificate of destruction, with nothing but curl.
#
# Start the platform in another terminal:   dotnet run --project AppHost -- --Demo:Secret=a-secret-of-16-or-more
# then take the tour:                       DEMO_SECRET=a-secret-of-16-or-more docs/tour.sh
#
# Every step is checked: the tour stops at the first answer that is not what the story says. It can be taken any number of times; each
# time makes organisations of its own. PLATFORM_REST and PLATFORM_ISSUER say where the platform is, if it is elsewhere, and PLATFORM_CLOCK
# the file that moves its clock, if that is not AppHost/clock.txt: it lives through months, in its last part through years, and puts the
# clock right at its end.
set -euo pipefail

rest=${PLATFORM_REST:-http://localhost:8080}
issuer=${PLATFORM_ISSUER:-http://localhost:8082}
for tool in curl jq; do command -v "$tool" > /dev/null || { echo "The tour needs $tool: apt-get install $tool" >&2; exit 2; }; done
: "${DEMO_SECRET:?The tour needs the secret of the demo users: the value that the AppHost was given as Demo:Secret.}"

# ---------------------------------------------------------------------------------------------------------------------------- how to call
declare -A token organization
who="" answer="" etag=""

# Whoever speaks from here on, and for which of their organisations.
as() { who=$1; }

# call METHOD PATH [BODY] [HEADER…]: the answer's JSON is in $answer, its ETag in $etag, its status in $status.
call() {
  local method=$1 path=$2 body=${3:-} header headers=(-H "Authorization: Bearer ${token[$who]}" -H "Accept-Language: ${language:-en}")
  [ -n "${organization[$who]:-}" ] && headers+=(-H "X-Organization: ${organization[$who]}")
  [ "$method" = GET ] || headers+=(-H "Idempotency-Key: $(cat /proc/sys/kernel/random/uuid)")
  for header in "${@:4}"; do headers+=(-H "$header"); done
  [ -n "$body" ] && headers+=(-H "Content-Type: application/json" --data-binary "$body")
  answer=$(curl --silent --show-error --max-time 30 -X "$method" "${headers[@]}" -D "$scratch/headers" "$rest$path")
  status=$(awk 'toupper($1) ~ /^HTTP/ { code = $2 } END { print code }' "$scratch/headers")
  etag=$(awk 'tolower($1) == "etag:" { gsub("\r", "", $2); print $2 }' "$scratch/headers")
}

# it FILTER: a value of the last answer.
it() { jq -r "$1" <<< "$answer"; }

# act PATH VERB [FIELDS]: does to an object, as it is now, what the verb says; FIELDS are those of the body, as "a": 1.
act() {
  call GET "$1"
  expect 200
  call POST "$1:$2" "{${3:-}}" "If-Match: $etag"
}

# both PATH VERB [FIELDS]: what needs both sides; the first one's consent waits for the other's.
both() {
  as claire
  act "$1" "$2" "${3:-}"
  expect 200
  as karim
  act "$1" "$2" "${3:-}"
  expect 200
}

# The story begins at the next nine o'clock UTC of the platform's clock, which is the same day in Paris: whatever the hour is here, no step crosses midnight.
export TZ=UTC
now=$(date +%s) nine=$((9 * 3600))
begun=$(((now - nine + 86399) / 86400 * 86400 + nine)) ahead=$((begun - now))

# day DAYS: the ISO date of so many days from today on the platform's clock.
day() { date -d "@$((begun + (moved + $1) * 86400))" +%F; }

# instant DAYS HOUR: an instant of such a day.
instant() { echo "$(day "$1")T$2:00:00Z"; }

# later DAYS: moves the clock of the platform, which follows within a second.
moved=0
later() {
  moved=$((moved + $1))
  printf '%d.%(%T)T' "$moved" "$ahead" > "$clock"
  sleep 2
}

# expect STATUS [FILTER VALUE]…: the story goes on only if the last answer says so.
expect() {
  [ "$status" = "$1" ] || fail "status $status where $1 was expected"
  shift
  while [ $# -gt 0 ]; do
    [ "$(it "$1")" = "$2" ] || fail "$1 is '$(it "$1")' where '$2' was expected"
    shift 2
  done
}

fail() { echo "    ✗ $1" >&2; jq . <<< "$answer" >&2 || echo "$answer" >&2; exit 1; }
say() { printf '  %s\n' "$*"; }
chapter() { printf '\n%s\n' "$*"; }

# until_seen FILTER VALUE METHOD PATH: services learn of each other a moment later.
until_seen() {
  for _ in $(seq 100); do
    call "$3" "$4"
    [ "$status" = 200 ] && [ "$(it "$1")" = "$2" ] && return
    sleep 0.1
  done
  fail "$1 did not become '$2' within ten seconds"
}

token_of() {
  curl --silent --fail --max-time 10 "$issuer/token" -d grant_type=client_credentials -d "client_id=$1" --data-urlencode "client_secret=$DEMO_SECRET" |
    jq -r .access_token || { echo "No token for $1 from $issuer: is the platform running with this secret?" >&2; exit 2; }
}

# A SIREN nobody has: nine digits whose Luhn sum is right.
a_siren() {
  local digits sum=0 i digit
  digits=$(printf '%08d' $((RANDOM % 10000 * 10000 + RANDOM % 10000)))
  for ((i = 7; i >= 0; i--)); do
    digit=${digits:i:1}
    if (((7 - i) % 2 == 0)); then digit=$((digit * 2 > 9 ? digit * 2 - 9 : digit * 2)); fi
    sum=$((sum + digit))
  done
  echo "$digits$(((10 - sum % 10) % 10))"
}

scratch=$(mktemp -d)
here=$(dirname "${BASH_SOURCE[0]}")
clock=${PLATFORM_CLOCK:-$here/../AppHost/clock.txt}
trap 'rm -rf "$scratch"; printf "00:00:00" > "$clock"' EXIT
later 0

# ------------------------------------------------------------------------------------------------------------------------------ the story
for part in "$here"/tour/*.sh; do
  # shellcheck source=/dev/null
  source "$part"
done

printf '\nDone. Everything above is in the journal of the service that owns it; GET /v1/events streams it to whoever may see it.\n'
