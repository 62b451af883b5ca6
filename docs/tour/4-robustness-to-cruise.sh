# The fourth part of ../tour.sh: acceptance, homologation, take-over, cutover, first operations, cruise.
euros() { printf '{"minorUnits": "%s", "currency": "EUR"}' "$1"; }

chapter "4.1. Acceptance: cases from the guarantee grid are run, and what fails is mended and run again"
as claire
call GET "/v1/projects/$project/acceptance-cases?pageSize=200"
cases=$answer
call POST "/v1/projects/$project/campaigns" "{\"name\": \"Recette des garanties\", \"kind\": \"END_TO_END\", \"testingSide\": \"SIDE_INSURER\", \"firstDay\": \"$(day 0)\", \"lastDay\": \"$(day 20)\", \"caseIds\": $(jq -c '[.acceptanceCases[].id]' <<< "$cases")}"
expect 200
campaign=$(it .id)
run="/v1/projects/$project/campaigns/$campaign/runs"
first=true
while read -r case expected; do
  if $first; then
    call POST "$run" "{\"caseId\": \"$case\", \"result\": \"FAILED\", \"actual\": $(euros 1), \"observation\": \"Le plafond n’est pas appliqué.\",
      \"anomaly\": {\"title\": \"Plafond ignoré\", \"description\": \"Le remboursement dépasse la garantie.\", \"severity\": \"BLOCKING\", \"side\": \"SIDE_DELEGATE\", \"dueDay\": \"$(day 5)\"}}"
    expect 200 .result FAILED
    call POST "/v1/projects/$project/acceptance-reports" "{\"kind\": \"ACCEPTANCE\", \"campaignId\": \"$campaign\"}"
    expect 400
    say "With a blocking anomaly open there is no acceptance report: $(it .title)"
    call GET "/v1/projects/$project/anomalies"
    anomaly="/v1/projects/$project/anomalies/$(it '.anomalies[0].id')"
    as karim
    act "$anomaly" fix '"fix": "Le plafond est paramétré."'
    expect 200 .state FIXED
    as claire
    call POST "$run" "{\"caseId\": \"$case\", \"result\": \"PASSED\", \"actual\": $(euros "$expected")}"
    expect 200 .result PASSED
    act "$anomaly" close
    expect 200 .state CLOSED
    first=false
  else
    call POST "$run" "{\"caseId\": \"$case\", \"result\": \"PASSED\", \"actual\": $(euros "$expected")}"
    expect 200 .result PASSED
  fi
done < <(jq -r '.acceptanceCases[] | "\(.id) \(.expected.minorUnits)"' <<< "$cases")
report() {
  as claire
  call POST "/v1/projects/$project/acceptance-reports" "{\"kind\": \"$1\", \"campaignId\": \"$2\"}"
  expect 200 .state ISSUED
  local sealed="/v1/projects/$project/acceptance-reports/$(it .id)" digest
  digest=$(it .textSha256)
  [ "$(jq -j .text <<< "$answer" | sha256sum | cut -d' ' -f1)" = "$digest" ] || fail "the digest is not that of the text"
  call POST "$sealed:sign" "{\"textSha256\": \"$digest\"}"
  expect 200 .state PARTLY_SIGNED
  as karim
  call POST "$sealed:sign" "{\"textSha256\": \"$digest\"}"
  expect 200 .state SEALED
  curl --silent --show-error --fail --max-time 30 -H "Authorization: Bearer ${token[$who]}" -H "X-Organization: ${organization[$who]}" -o "$scratch/pv.pdf" "$rest$sealed:download"
  [ "$(head -c 5 "$scratch/pv.pdf")" = "%PDF-" ] || fail "the report is no PDF"
}
report ACCEPTANCE "$campaign"
say "The acceptance report is signed by both over its hash, and sealed: $(it .caseCount) cases, $(it .runCount) runs, and a PDF of $(stat -c %s "$scratch/pv.pdf") bytes."
report HOMOLOGATION ""
say "So is the homologation."

chapter "4.2. The data are taken over, in counts and euros, and the cutover goes by its runbook"
as karim
call GET "/v1/projects/$project/take-over-lots"
lot=$(it '.takeOverLots[0].id')
take_over() {
  as claire
  call POST "/v1/projects/$project/take-overs" "{\"lotId\": \"$lot\", \"dryRun\": $1, \"totals\": [{\"title\": \"Bénéficiaires\", \"count\": \"12000\"}]}"
  expect 200 .state STARTED
  taken="/v1/projects/$project/take-overs/$(it .id)"
  as karim
  act "$taken" recordLoad "\"totals\": [{\"title\": \"Bénéficiaires\", \"count\": \"$2\"}]"
  expect 200 .state LOADED
}
take_over true 11990
expect 200 .differs true
say "The dry run lacks $(it '.lines[0].countDifference') of 12 000: refused, and run again."
as claire
act "$taken" refuse '"reason": "Dix bénéficiaires manquent."'
expect 200 .state REFUSED
take_over false 12000
expect 200 .differs false
both "$taken" accept
expect 200 .state ACCEPTED
start="$(instant 1 06)"
owner='"owner": {"side": "SIDE_DELEGATE", "role": "ROLE_PROJECT_LEAD"}'
call POST "/v1/projects/$project/cutovers" "{\"title\": \"Bascule\", \"startTime\": \"$start\", \"steps\": [
  {\"number\": 1, \"title\": \"Point de retour\", \"kind\": \"ROLLBACK_POINT\", $owner, \"durationMinutes\": 10},
  {\"number\": 2, \"title\": \"Chargement\", \"kind\": \"TASK\", $owner, \"durationMinutes\": 120, \"after\": [1]},
  {\"number\": 3, \"title\": \"Décision de mise en service\", \"kind\": \"DECISION_POINT\", $owner, \"durationMinutes\": 15, \"after\": [2]},
  {\"number\": 4, \"title\": \"Ouverture des flux\", \"kind\": \"TASK\", $owner, \"durationMinutes\": 30, \"after\": [3]}]}"
expect 200 .state PLANNED
cutover="/v1/projects/$project/cutovers/$(it .id)"
later 2
step() {
  as karim
  call POST "$cutover:reportStep" "{\"number\": $1, \"progress\": \"BEGUN\"}"
  expect 200
  call POST "$cutover:reportStep" "{\"number\": $1, \"progress\": \"ENDED\"}"
  expect 200
}
step 1
step 2
as claire
act "$cutover" decide '"number": 3, "go": false, "reason": "Un flux de test manque."'
expect 200 .state STOPPED
say "Claire says no-go, and the cutover stops at once; with the flow there, both say go."
act "$cutover" decide '"number": 3, "go": true'
expect 200
as karim
act "$cutover" decide '"number": 3, "go": true'
expect 200
step 4
expect 200 .state COMPLETED
say "Completed, $(it .delayMinutes) minutes later than planned."

chapter "4.3. What ends the hypercare is agreed before the run begins"
hypercare="/v1/projects/$project/hypercare"
as karim
call GET "$hypercare"
expect 200
call PUT "$hypercare/terms" '{"terms": {"observeDays": 30, "windowDays": 14, "leastClosedPercent": 80, "mostWorkingDays": 5, "firstOperations": 2}}' "If-Match: $etag"
expect 200
agree() { as "$1"; call GET "$hypercare"; call POST "$hypercare/terms:agree" '{}' "If-Match: $etag"; expect 200; }
agree claire
agree karim
pass TO_RUN RUN

chapter "4.4. First operations are followed one by one, and what is wrong is adjusted"
# bring FILE FIRST LAST: the delegate's operations of a period of days.
bring() {
  as karim
  call POST "$path/imports" "{\"kind\": \"OPERATIONS\", \"mode\": \"COMPLETE\", \"periodStartDay\": \"$2\", \"periodEndDay\": \"$3\", \"fileName\": \"operations.csv\", \"sha256\": \"$(sha256sum "$1" | cut -d' ' -f1)\"}"
  expect 200 .state WAITING
  upload "$path/imports/$(it .id):upload" "$1" text/csv
  expect 200 .state APPLIED
}
begin=$(day 0)
later 6
cat > "$scratch/operations.csv" <<CSV
reference;kind;receive;close;outcome
PRE-1;devis;$begin;$(day -4);processed
PRE-2;devis;$begin;$(day -3);processed
PRE-3;devis;hier;;
CSV
bring "$scratch/operations.csv" "$begin" "$(day 0)"
expect 200 .readLines 3 .acceptedLines 2 .rejectedLines 1
say "Of 3 lines 2 are accepted; the other waits for Karim's correction: $(it '.rejections[0] | "\(.field), \(.reason)"')."
as claire
call GET "$path/operations"
expect 200 '.operations | length' 2
call POST "/v1/projects/$project/adjustments" "{\"title\": \"Libellé du décompte\", \"description\": \"Le nom de la garantie manque.\", \"side\": \"SIDE_DELEGATE\", \"dueDay\": \"$(day 5)\"}"
expect 200 .state OPEN
adjustment="/v1/projects/$project/adjustments/$(it .id)"
call POST "/v1/projects/$project/operation-checks" "{\"reference\": \"PRE-1\", \"verdict\": \"WRONG\", \"note\": \"Libellé absent\", \"adjustmentId\": \"${adjustment##*/}\"}"
expect 200
call GET "/v1/projects/$project/gate"
expect 200 .gate TO_CRUISE .state SHUT
say "What keeps the team: $(it '[.criteria[] | select(.state == "UNMET") | .found] | join(" ")')"
as karim
act "$adjustment" move '"move": "APPLY", "note": "Le libellé est ajouté."'
expect 200 .state APPLIED
as claire
act "$adjustment" move '"move": "CONFIRM"'
expect 200 .state CONFIRMED
for reference in PRE-1 PRE-2; do
  call POST "/v1/projects/$project/operation-checks" "{\"reference\": \"$reference\", \"verdict\": \"RIGHT\"}"
  expect 200
done

chapter "4.5. After the agreed time the data say that the run holds: the team is released, and cruise begins"
later 30
{
  echo "reference;kind;receive;close;outcome"
  echo "PRE-3;devis;$begin;$(day -30);processed"
  for number in $(seq 4 13); do echo "PRE-$number;devis;$(day -6);$(day -4);processed"; done
} > "$scratch/suite.csv"
bring "$scratch/suite.csv" "$begin" "$(day 0)"
expect 200 .rejectedLines 0 .acceptedLines 11
call GET "/v1/projects/$project/gate"
say "Evidence: $(it '[.criteria[] | select(.answeredBy == "reporting") | .found] | join(" ")')"
release() { as "$1"; call GET "$hypercare"; call POST "$hypercare:release" '{}' "If-Match: $etag"; expect 200; }
release claire
release karim
pass TO_CRUISE RUN
call GET "/v1/projects/$project"
expect 200 .phase RUN .runStage CRUISE
say "The project is in cruise; the delegation goes on."
