#!/usr/bin/env bash
# One delegation, from two strangers to the launch of a project, with nothing but curl.
#
# Start the platform in another terminal:   dotnet run --project AppHost -- --Demo:Secret=a-secret-of-16-or-more
# then take the tour:                       DEMO_SECRET=a-secret-of-16-or-more docs/tour.sh
#
# Every step is checked: the tour stops at the first answer that is not what the story says. It can be taken any number of times; each
# time makes organisations of its own. PLATFORM_REST and PLATFORM_ISSUER say where the platform is, if it is elsewhere.
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
trap 'rm -rf "$scratch"' EXIT

# ------------------------------------------------------------------------------------------------------------------------------ the story
chapter "1. Three people of three houses get a token"
token[claire]=$(token_of demo-insurer)
token[paul]=$(token_of demo)
token[karim]=$(token_of demo-delegate)
say "Claire (a mutual), Paul (a provident institution) and Karim (a delegate) each have one; nobody knows them here yet."

chapter "2. Each registers their organisation and administers it"
register() {
  as "$1"
  call POST /v1/organizations "{\"kind\": \"$2\", \"legalName\": \"$3\", \"siren\": \"$4\"}"
  expect 200 .legalName "$3" .siren "$4"
  organization[$1]=$(it .id)
  say "$3, SIREN $4, is here as ${organization[$1]}"
}
delegate_siren=$(a_siren)
register claire MUTUAL "Mutuelle du Littoral" "$(a_siren)"
register paul PROVIDENT_INSTITUTION "Institution de prévoyance des Métiers" "$(a_siren)"
register karim DELEGATE "Gestion Santé Déléguée" "$delegate_siren"

language=fr
call POST /v1/organizations '{"kind": "MUTUAL", "legalName": "Mutuelle", "siren": "356000001"}'
expect 400 .reason INVALID_FIELDS '.errors[0].reason' SIREN_WRONG_CHECK_DIGIT
say "A SIREN that cannot be is refused, in French if you like: « $(it '.errors[0].message') »"
language=en

chapter "3. Who does what in each house"
staff() {
  as "$1"
  until_seen '.members | length' 1 GET /v1/members
  call GET "/v1/members/$(it '.members[0].id')"
  local member
  member=$(it .id)
  call PATCH "/v1/members/$member" "{\"displayName\": \"$2\", \"email\": \"$3\"}" "If-Match: $etag"
  expect 200 .displayName "$2"
  call POST "/v1/members/$member:setRoles" "{\"roles\": $4}" "If-Match: $etag"
  expect 200 '.roles | length' "$(jq length <<< "$4")"
  say "$2: $(it '[.roles[] | sub("ROLE_"; "") | ascii_downcase] | join(", ")')"
}
everything='["ROLE_ADMINISTRATOR", "ROLE_DELEGATION_MANAGER", "ROLE_PROJECT_LEAD", "ROLE_SIGNATORY", "ROLE_COMPLIANCE", "ROLE_DATA_PROTECTION_OFFICER"]'
staff claire "Claire Martin" claire.martin@example.org "$everything"
staff karim "Karim Benali" karim.benali@example.org "$everything"
staff paul "Paul Demo" paul@example.org "$everything"

as claire
call POST /v1/members:invite '{"roles": ["ROLE_OPERATIONS"], "email": "colleague@example.org", "displayName": "A colleague"}'
expect 200 .invitation.state PENDING
say "Claire invites a colleague: the code is in this one answer and nowhere else; the platform keeps its digest."

chapter "4. The mutual drafts a delegation and invites the delegate"
call POST /v1/delegations "{
  \"title\": \"Gestion des prestations santé\", \"plannedStartDay\": \"2027-01-01\",
  \"counterpart\": { \"legalName\": \"Gestion Santé Déléguée\", \"siren\": \"$delegate_siren\" },
  \"referenceData\": {
    \"products\": [{ \"code\": \"SANTE\", \"label\": \"Complémentaire santé\" }],
    \"populations\": [{ \"code\": \"ACTIFS\", \"label\": \"Salariés en activité\" }, { \"code\": \"RETRAITES\", \"label\": \"Anciens salariés\" }],
    \"insurerContracts\": [{ \"number\": \"LIT-2027-001\", \"productCodes\": [\"SANTE\"], \"populationCodes\": [\"ACTIFS\", \"RETRAITES\"], \"startDay\": \"2027-01-01\" }] } }"
expect 200 .state DRAFT .insurer.legalName "Mutuelle du Littoral"
delegation=$(it .id)
as karim
call GET "/v1/delegations/$delegation"
expect 404 .reason DELEGATION_NOT_FOUND
say "The draft is Claire's alone: Karim, who is here, gets the answer of something that is not there."

as claire
call POST "/v1/delegations/$delegation:invite" '{"email": "karim.benali@example.org", "displayName": "Karim Benali"}'
expect 200 .invitation.state PENDING
code=$(it .code)
as karim
call POST /v1/invitations:preview "{\"code\": \"$code\"}"
expect 200 .inviterLegalName "Mutuelle du Littoral"
call POST /v1/delegations:accept "{\"code\": \"$code\"}"
expect 200 .state OPEN .id "$delegation" .delegate.legalName "Gestion Santé Déléguée"
say "Karim reads who invites him, accepts, and the delegation is open to both."
call POST /v1/delegations:accept "{\"code\": \"$code\"}"
expect 404 .reason INVITATION_NOT_FOUND
say "The code was good once."

chapter "5. A second insurer invites the same SIREN: one delegate, two delegations"
as paul
call POST /v1/delegations "{ \"title\": \"Gestion des adhésions\", \"counterpart\": { \"legalName\": \"GSD\", \"siren\": \"$delegate_siren\" } }"
expect 200 .state DRAFT
second=$(it .id)
call POST "/v1/delegations/$second:invite" '{"email": "karim.benali@example.org", "displayName": "Karim Benali"}'
code=$(it .code)
as karim
call POST /v1/delegations:accept "{\"code\": \"$code\"}"
expect 200 .state OPEN
call GET /v1/delegations
expect 200 '.delegations | length' 2
as paul
call GET "/v1/delegations/$delegation"
expect 404 .reason DELEGATION_NOT_FOUND
say "Karim works on both; neither insurer sees the other's."

chapter "6. Each side names its main contact and a deputy"
contacts() {
  as "$1"
  call GET /v1/members
  local member
  member=$(it '.members[0].id')
  call GET "/v1/delegations/$delegation/contacts"
  call PUT "/v1/delegations/$delegation/contacts" "{\"main\": {\"memberId\": \"$member\"}}" "If-Match: $etag"
  expect 200
}
contacts claire
expect 200 .insurer.main.name "Claire Martin"
contacts karim
expect 200 .delegate.main.name "Karim Benali" .insurer.main.name "Claire Martin" .insurer.answering MAIN_CONTACT
say "Claire and Karim reach each other; a deputy answers while one is away."

chapter "7. Scope and roles: a partial delegation, settled line by line by both"
as claire
call POST "/v1/delegations/$delegation/scope-versions" '{"occasion": "SCOPE_OCCASION_CONCLUSION", "effectiveDay": "2026-01-01", "template": "SCOPE_TEMPLATE_CODE_BENEFITS_ONLY"}'
expect 200 .state PROPOSED .extent PARTIAL
scope=$(it .id)
say "The template for benefits only has $(it '.lines | length') activities; to be decided: $(it '[.lines[] | select(.toBeDecided) | .activityCode] | join(", ")')."
say "Who links members to the compulsory scheme (RAT, the 929 flow) moves: $(it '.lines[] | select(.activityCode == "RAT") | .indicators | join(", ")')."
as karim
call GET "/v1/delegations/$delegation/scope-versions/$scope"
lines=$(it '[.lines[] | if .toBeDecided then .toBeDecided = false
  | .assignments = [{ party: "SCOPE_PARTY_INSURER", roles: ["RACI_ROLE_ACCOUNTABLE"] }, { party: "SCOPE_PARTY_DELEGATE", roles: ["RACI_ROLE_RESPONSIBLE"] }] else . end
  | del(.indicators, .delegated)]')
call PATCH "/v1/delegations/$delegation/scope-versions/$scope" "{\"lines\": $lines}" "If-Match: $etag"
expect 200 '.undecidedLines | length' 0
call POST "/v1/delegations/$delegation/scope-versions/$scope:validate" '{}' "If-Match: $etag"
expect 200 .state PROPOSED '.awaitedSides[0]' SIDE_INSURER
say "Karim settles the open lines and validates; nothing holds yet: the other side is awaited."
as claire
call GET "/v1/delegations/$delegation/scope-versions/$scope"
call POST "/v1/delegations/$delegation/scope-versions/$scope:validate" '{}' "If-Match: $etag"
expect 200 .state VALIDATED
say "Claire validates the same text: the scope holds from $(it .effectiveDay)."

chapter "8. The letter of engagement makes the delegation official before the contract"
today=$(date +%F) in_a_year=$(date -d '+300 days' +%F)
call POST "/v1/delegations/$delegation/letters" "{\"scopeVersionId\": \"$scope\", \"suggestedTerms\": true, \"effectiveDay\": \"$today\", \"endDay\": \"$in_a_year\", \"feeCap\": {\"minorUnits\": \"5000000\", \"currency\": \"EUR\"}}"
expect 200 .state DRAFT
letter=$(it .id)
call GET "/v1/delegations/$delegation/title?day=$today"
expect 200 .breach TITLE_BREACH_NO_TITLE
say "A draft is no title to operate: $(it .explanation)"
call GET "/v1/delegations/$delegation/letters/$letter"
call POST "/v1/delegations/$delegation/letters/$letter:issue" '{}' "If-Match: $etag"
expect 200 .state ISSUED
digest=$(it .textSha256)
[ "$(it .text | head -c -1 | sha256sum | cut -d' ' -f1)" = "$digest" ] || [ "$(jq -j .text <<< "$answer" | sha256sum | cut -d' ' -f1)" = "$digest" ] || fail "the digest is not that of the text"
say "Issued: the text is fixed, $(it '.text | length') characters, SHA-256 ${digest:0:16}…, as sha256sum finds too."
call POST "/v1/delegations/$delegation/letters/$letter:sign" "{\"textSha256\": \"$(printf '0%.0s' $(seq 64))\"}"
expect 400
say "A signature under another text is refused: $(it .title)"
sign() {
  as "$1"
  call GET "/v1/delegations/$delegation/letters/$letter"
  call POST "/v1/delegations/$delegation/letters/$letter:sign" "{\"textSha256\": \"$(it .textSha256)\"}"
  expect 200 .state "$2"
}
sign claire PARTLY_SIGNED
sign karim IN_FORCE
say "Signed by both: $(it '[.certificate.signatures[] | .personName + " for " + .organizationName] | join("; ")')."
call GET "/v1/delegations/$delegation/title?day=$today"
expect 200 .title.kind LETTER_OF_ENGAGEMENT
say "From today the delegate has a title to operate, until $(it .title.lastDay)."

chapter "9. The project opens under that title and is launched"
as claire
until_seen '.entries | map(select(.delegationId == "'"$delegation"'" and .open)) | length' 1 GET /v1/portfolio
call POST /v1/projects "{\"delegationId\": \"$delegation\", \"name\": \"Mise en gestion Littoral\", \"openingDay\": \"$today\", \"targetDay\": \"$in_a_year\"}"
expect 200 .phase LAUNCH .title.kind LETTER_OF_ENGAGEMENT
project=$(it .id)
say "Open in phase launch; the title that allowed it is kept as evidence (revision $(it .title.revision))."
as paul
call POST /v1/projects "{\"delegationId\": \"$second\", \"name\": \"Too early\", \"openingDay\": \"$today\"}"
expect 400
say "Paul's delegation has no letter yet, and gets no project: $(it .detail)"
as karim
call POST "/v1/projects/$project/goals" "{\"kind\": \"OBJECTIVE\", \"title\": \"Aucune rupture de service pour les adhérents\", \"dueDay\": \"$in_a_year\"}"
expect 200 .state OPEN
call POST "/v1/projects/$project/goals" "{\"kind\": \"MILESTONE\", \"title\": \"Cadrage validé\", \"dueDay\": \"$(date -d '+60 days' +%F)\"}"
expect 200 .kind MILESTONE
call POST "/v1/projects/$project/actions" "{\"title\": \"Fournir la grille des garanties\", \"owner\": {\"side\": \"SIDE_INSURER\", \"role\": \"ROLE_PROJECT_LEAD\"}, \"dueDay\": \"$(date -d '+15 days' +%F)\"}"
expect 200 .state OPEN
say "Karim writes an objective, a milestone and an action for Claire's side."

chapter "10. What waits for whom"
as claire
until_seen '[.workItems[] | select(.objectType == "action")] | length' 1 GET "/v1/work-items?delegation_id=$delegation"
say "On Claire's list: $(it '[.workItems[].title] | join(" · ")')"
call GET /v1/portfolio
expect 200 '.entries | length' 1 '.entries[0].projectPhase' LAUNCH
as karim
call GET /v1/portfolio
expect 200 '.entries | length' 2
say "Karim sees his two delegations, each with its state."
call GET "/v1/reports?delegation_id=$delegation"
expect 200 '.reports | length' 0
call GET /v1/watch-items
expect 200
say "No report is due yet; the watch knows $(it '.watchItems | length') dated changes, the nearest deadline first."

printf '\nDone. Everything above is in the journal of the service that owns it; GET /v1/events streams it to whoever may see it.\n'
