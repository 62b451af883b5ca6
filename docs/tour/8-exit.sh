# The last part of ../tour.sh: the delegation ends, from the notice to the certificate of destruction.

chapter "8.1. The reversibility plan, validated by both and rehearsed"
as claire
call POST "$path/reversibility-plans" "{\"effectiveDay\": \"$(day 0)\", \"terms\": {
  \"runOffOption\": \"RUN_OFF_OPTION_BY_CARE_DATE\", \"recoveries\": \"CLAIM_MANAGER_INCOMING\", \"dryRuns\": 1, \"destructionMethod\": \"Effacement cryptographique (NIST SP 800-88)\",
  \"data\": [{\"kind\": \"EXIT_DATA_KIND_MEMBERS_AND_RIGHTS\", \"format\": \"CSV UTF-8\"}, {\"kind\": \"EXIT_DATA_KIND_BENEFIT_HISTORY\", \"format\": \"CSV UTF-8\"}],
  \"costs\": [{\"ground\": \"EXIT_GROUND_CONVENIENCE\", \"bearer\": \"SIDE_INSURER\"}],
  \"retention\": [{\"what\": \"Pièces comptables\", \"legalGround\": \"Code de commerce, art. L. 123-22\", \"months\": 120}]}}"
expect 200 .version.state PROPOSED
plan="$path/reversibility-plans/$(it .id)" plan_etag=$etag
for who in claire karim; do
  call POST "$plan:validate" '{}' "If-Match: $plan_etag"
  expect 200
done
expect 200 .version.state VALIDATED
{ echo "adherent;rang;regime"; for number in $(seq 120); do echo "A$number;1;01"; done; } > "$scratch/MEMBERS_AND_RIGHTS.csv"
{ echo "adherent;acte;centimes"; for number in $(seq 480); do echo "A$((number % 120 + 1));CS;$((number * 37))"; done; } > "$scratch/BENEFIT_HISTORY.csv"
# totals FILE: what whoever holds the file of a lot counts in it: lines, cents, hash.
totals() {
  awk -F';' 'NR > 1 { count++; cents += $3 * ($2 == "CS") } END { printf "{\"count\": \"%d\", \"amountCents\": \"%d\", ", count, cents }' "$1"
  printf '"sha256": "%s"}' "$(sha256sum "$1" | cut -d' ' -f1)"
}
# rehearse FILE: the delegate extracts both lots, and the insurer holds this file of the benefits.
rehearse() {
  call POST "$path/rehearsals" "{\"startTime\": \"$(instant -1 06)\", \"endTime\": \"$(instant -1 13)\", \"lots\": [
    {\"kind\": \"EXIT_DATA_KIND_MEMBERS_AND_RIGHTS\", \"handedOver\": $(totals "$scratch/MEMBERS_AND_RIGHTS.csv"), \"received\": $(totals "$scratch/MEMBERS_AND_RIGHTS.csv")},
    {\"kind\": \"EXIT_DATA_KIND_BENEFIT_HISTORY\", \"handedOver\": $(totals "$scratch/BENEFIT_HISTORY.csv"), \"received\": $(totals "$1")}]}"
}
head -n -1 "$scratch/BENEFIT_HISTORY.csv" > "$scratch/short.csv"
rehearse "$scratch/short.csv"
expect 200 .reconciled false
say "A rehearsal of seven hours loses a line: $(it '.lots[1].discrepancies[0:2] | join("; ")')."
rehearse "$scratch/BENEFIT_HISTORY.csv"
expect 200 .reconciled true
say "The next one agrees in lines, cents and bytes."

chapter "8.2. The mutual gives notice; what the contract says makes the days"
as claire
call POST "$path/exits" '{"ground": "EXIT_GROUND_BREACH"}'
expect 400 '.errors[0].reason' COMMENT_REQUIRED
call POST "$path/exits" '{"ground": "EXIT_GROUND_CONVENIENCE"}'
expect 200 .phase EXIT_PHASE_NOTICE .contractEnds false
leaving="$path/exits/$(it .id)" last=$(it .effectDay)
act "$contract" terminate "\"ground\": \"TERMINATION_GROUND_WITH_NOTICE\", \"lastDay\": \"$(day 30)\""
expect 400 .reason NOTICE_TOO_SHORT
say "In a month? $(it .title)"
act "$contract" terminate "\"ground\": \"TERMINATION_GROUND_WITH_NOTICE\", \"lastDay\": \"$last\""
expect 200
as karim
call GET "$leaving"
expect 200 .contractEnds true .effectDay "$last" .costBearer SIDE_INSURER
cutover=$(it .cutoverDay) run_off_end=$(it .runOffEndDay)
say "The contract ends on $last, the incoming manager takes claims from $cutover on, and the run-off lasts until $run_off_end; by the plan Claire's side bears the costs."

chapter "8.3. Both prepare it: tasks, flows, extractions without effect"
# tasks: each side does what is its own in the phase.
tasks() {
  call GET "$leaving"
  expect 200
  while read -r doer task; do
    as "$doer"
    act "$leaving" completeTask "\"taskCode\": \"$task\""
    expect 200
  done < <(it '.phase as $phase | .tasks[] | select(.phase == $phase and .doneTime == null) | "\(if .side == "SIDE_INSURER" then "claire" else "karim" end) \(.code)"')
}
# leave PHASE: both do their tasks and agree to go on to the next phase.
leave() {
  tasks
  both "$leaving" passPhase
  expect 200 .phase "EXIT_PHASE_$1"
}
# hand_over KIND FILE: Karim hands a lot over, Claire counts the file that she got.
hand_over() {
  as karim
  act "$leaving" handOverLot "\"kind\": \"EXIT_DATA_KIND_$1\", \"totals\": $(totals "$scratch/$1.csv")"
  expect 200
  as claire
  act "$leaving" receiveLot "\"kind\": \"EXIT_DATA_KIND_$1\", \"totals\": $(totals "$2")"
  expect 200
}
act "$leaving" completeTask '"taskCode": "SET_UP_COMMITTEE"'
expect 400 .reason TASK_OF_OTHER_SIDE
say "To do by $(call GET "$leaving"; it '[.tasks[] | select(.phase == "EXIT_PHASE_NOTICE")] | "\(.[-1].dueDay): \([.[].titleEn] | join("; "))"')."
leave INVENTORY
tasks
act "$leaving" passPhase
expect 400 .reason CRITERIA_NOT_MET
say "What keeps the phase: $(it .detail)"
for flow in NOEMIE THIRD_PARTY_PAYMENT PAPER EXTRANET HOSPITAL_COVER; do
  act "$leaving" settleFlow "\"flow\": {\"kind\": \"EXIT_FLOW_KIND_$flow\", \"redirectionDay\": \"$cutover\", \"doubleRunDays\": 90, \"misdirected\": \"MISDIRECTED_RULE_FORWARD\", \"misdirectedDays\": 2}"
  expect 200
done
leave DRY_RUNS
hand_over BENEFIT_HISTORY "$scratch/short.csv"
say "A dry run of the benefits differs: $(it '.lots[] | select(.kind == "EXIT_DATA_KIND_BENEFIT_HISTORY") | .runs[-1].discrepancies[1]')."
for lot in MEMBERS_AND_RIGHTS BENEFIT_HISTORY; do hand_over $lot "$scratch/$lot.csv"; done
leave FREEZE
leave TAKE_BACK

chapter "8.4. The cutover: the final lots, reconciled in counts and euros"
# live_until DAY: time passes until then.
live_until() { later $((($(date -d "$1" +%s) - $(date -d "$(day 0)" +%s) + 43200) / 86400)); }
live_until "$cutover"
for lot in MEMBERS_AND_RIGHTS BENEFIT_HISTORY; do
  hand_over $lot "$scratch/$lot.csv"
  act "$leaving" acceptLot "\"kind\": \"EXIT_DATA_KIND_$lot\""
  expect 200
done
say "Claire accepts $(it '[.lots[] | "\(.runs[-1].received.count) lines with \(.runs[-1].received.amountCents) cents"] | join(" and ")')."
until_seen .day "$cutover" GET "$leaving:listFlowOwners"
expect 200 '[.owners[] | select(.owner == "CLAIM_MANAGER_INCOMING" and .doubleRun)] | length' 5
say "All flows go to the incoming manager now; what still reaches Karim is forwarded by $(it '.owners[0].actByDay')."
leave RUN_OFF

chapter "8.5. The run-off: each claim has one manager"
manager() {
  call GET "$leaving:findClaimManager?careDay=$1&receiptDay=$cutover&day=$2"
  expect 200 .manager "CLAIM_MANAGER_$3" .rule "$4"
}
manager "$(day -10)" "$cutover" OUTGOING RECEIVED_AFTER
manager "$cutover" "$cutover" INCOMING CARE_FROM_CUTOVER
manager "$(day -10)" "$(date -d "$run_off_end + 1 day" +%F)" INCOMING RUN_OFF_OVER
say "Care of before the cutover stays with Karim, whenever the request comes, until the run-off ends; all other care is the incoming manager's."
tasks
act "$leaving" passPhase
expect 400 .reason CRITERIA_NOT_MET
say "Not before its time: $(it .detail)"
live_until "$(date -d "$run_off_end + 1 day" +%F)"
leave CLOSURE

chapter "8.6. The record is frozen, and the insurer takes all of it along as one archive that proves itself"
as karim
call POST "$path/annexes" "{\"kind\": \"OTHER\", \"title\": \"Note\", \"provider\": \"SIDE_DELEGATE\", \"dueDay\": \"$(day 10)\"}"
expect 400 .reason DELEGATION_FROZEN
say "$(it .title)"
as claire
fetch "$leaving:downloadRecord" "$scratch/record.zip"
verify() { if [ -n "$verifier" ]; then dotnet "$verifier" verify "$@"; else dotnet run --project "$here/../src/JournalVerifier" -- verify "$@"; fi; }
checked=$(verify --archive "$scratch/record.zip") || { echo "    ✗ $checked" >&2; exit 1; }
manifest=$(grep -o '[0-9a-f]\{64\}' <<< "$checked")
say "$(wc -c < "$scratch/record.zip") bytes, checked without any database: $(head -1 <<< "$checked"). $(sed -n 2p <<< "$checked")"
act "$leaving" acceptRecord "\"manifestSha256\": \"$(printf '0%.0s' $(seq 64))\""
expect 400 .reason ARCHIVE_UNKNOWN
act "$leaving" acceptRecord "\"manifestSha256\": \"$manifest\""
expect 200 .record.manifestSha256 "$manifest"
say "Claire accepts the archive by the hash of its manifest; another one is refused."

chapter "8.7. What the delegate held is destroyed, with a certificate, and its access ends"
act "$leaving" destroyCopies
expect 400 .reason CRITERIA_NOT_MET
say "Karim attests first for what is outside the platform: $(it .detail)"
tasks
as claire
act "$leaving" destroyCopies
expect 200
until_seen .state EXIT_STATE_CLOSED GET "$leaving"
certificate=$(it .record.certificateSha256)
say "Erased: $(it '[.record.erasures[] | "\(.service) \([.tables[].rows | tonumber] | add // 0)"] | join(", ")') rows; kept by law: $(it '[.terms.retention[] | "\(.what) until \(.lastDay)"] | join(", ")')."
fetch "$leaving:downloadCertificate" "$scratch/certificat.pdf"
[ "$(sha256sum "$scratch/certificat.pdf" | cut -d' ' -f1)" = "$certificate" ] || fail "the certificate is not the one of which the exit has the hash"
call GET "$contract"
expect 200 .state STATE_ENDED
call GET "$path"
expect 200 .state CLOSED
until_seen '.awaitedSides | join(" ")' SIDE_INSURER GET "/v1/projects/$project/gate"
act "/v1/projects/$project" stop '"reason": "Gestion reprise par un autre délégataire"'
expect 200 .phase CLOSED
act "/v1/projects/$project" stop '"reason": "Encore"'
expect 400 .reason PROJECT_CLOSED
as karim
for gone in "$path" "$leaving" "$contract" "$path/committees" "$path/imports"; do
  call GET "$gone"
  expect 404 .reason DELEGATION_NOT_FOUND
done
call GET /v1/delegations
expect 200 '.delegations | length' 1
say "Claire stops the project that is left and reads her history; to Karim the delegation is one that is not there, and the one with Paul goes on."
