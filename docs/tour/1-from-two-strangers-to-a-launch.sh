# The first part of ../tour.sh: onboarding, delegation, scope and roles, letter of engagement, project.

chapter "1.1. Three people of three houses get a token"
token[claire]=$(token_of demo-insurer)
token[paul]=$(token_of demo)
token[karim]=$(token_of demo-delegate)
say "Claire (a mutual), Paul (a provident institution) and Karim (a delegate) each have one; nobody knows them here yet."

chapter "1.2. Each registers their organisation and administers it"
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

chapter "1.3. Who does what in each house"
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
everything='["ROLE_ADMINISTRATOR", "ROLE_DELEGATION_MANAGER", "ROLE_PROJECT_LEAD", "ROLE_SIGNATORY", "ROLE_LEGAL", "ROLE_PURCHASING", "ROLE_OPERATIONS", "ROLE_COMPLIANCE", "ROLE_REPORTING", "ROLE_DATA_PROTECTION_OFFICER"]'
staff claire "Claire Martin" claire.martin@example.org "$everything"
staff karim "Karim Benali" karim.benali@example.org "$everything"
staff paul "Paul Demo" paul@example.org "$everything"

as claire
call POST /v1/members:invite '{"roles": ["ROLE_OPERATIONS"], "email": "colleague@example.org", "displayName": "A colleague"}'
expect 200 .invitation.state PENDING
say "Claire invites a colleague: the code is in this one answer and nowhere else; the platform keeps its digest."

chapter "1.4. The mutual drafts a delegation and invites the delegate"
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

chapter "1.5. A second insurer invites the same SIREN: one delegate, two delegations"
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

chapter "1.6. Each side names its main contact and a deputy"
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

chapter "1.7. Scope and roles: a partial delegation, settled line by line by both"
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

chapter "1.8. The letter of engagement makes the delegation official before the contract"
today=$(day 0) in_a_year=$(day 300)
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

chapter "1.9. The project opens under that title and is launched"
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
call POST "/v1/projects/$project/goals" "{\"kind\": \"MILESTONE\", \"title\": \"Cadrage validé\", \"dueDay\": \"$(day 60)\"}"
expect 200 .kind MILESTONE
call POST "/v1/projects/$project/actions" "{\"title\": \"Fournir la grille des garanties\", \"owner\": {\"side\": \"SIDE_INSURER\", \"role\": \"ROLE_PROJECT_LEAD\"}, \"dueDay\": \"$(day 15)\"}"
expect 200 .state OPEN
say "Karim writes an objective, a milestone and an action for Claire's side."

chapter "1.10. What waits for whom"
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
expect 200 '.items | length > 0' true
say "No report is due yet; the watch knows $(it '.items | length') dated changes, the nearest first: $(it '.items[0].title')."
