# The second part of ../tour.sh: the annexes that the letter asks for, the contract that takes its place, what is measured and paid.

chapter "2.1. The annexes that the letter left open are finished"
path="/v1/delegations/$delegation"
# upload PATH FILE TYPE [HEADER…]: sends a file as it is.
upload() {
  local path=$1 file=$2 type=$3
  answer=$(curl --silent --show-error --max-time 60 -X POST -H "Authorization: Bearer ${token[$who]}" -H "X-Organization: ${organization[$who]}" \
    -H "Idempotency-Key: $(cat /proc/sys/kernel/random/uuid)" -H "Content-Type: $type" --data-binary "@$file" -D "$scratch/headers" "$rest$path")
  status=$(awk 'toupper($1) ~ /^HTTP/ { code = $2 } END { print code }' "$scratch/headers")
}
as karim
call GET "$path/annexes"
expect 200 '.annexes | length' 4
annexes=$answer
say "Asked of Karim's side: $(it '[.annexes[].kind | ascii_downcase | gsub("_"; " ")] | join(", ")')."
for annex in $(jq -r '.annexes[].id' <<< "$annexes"); do
  printf '%%PDF-1.7\nannexe %s\n%%%%EOF\n' "$annex" > "$scratch/annexe.pdf"
  digest=$(sha256sum "$scratch/annexe.pdf" | cut -d' ' -f1)
  as karim
  upload "$path/annexes/$annex/versions?fileName=annexe.pdf&sha256=$digest" "$scratch/annexe.pdf" application/pdf
  expect 200 .sha256 "$digest"
  version=$(it .id)
  call POST "$path/annexes/$annex/versions/$version:handOver" '{}'
  expect 200
  as claire
  for department in $(jq -r --arg id "$annex" '.annexes[] | select(.id == $id) | .departments[]' <<< "$annexes"); do
    call POST "$path/annexes/$annex/versions/$version:review" "{\"department\": \"$department\", \"approved\": true}"
    expect 200
  done
  call POST "$path/annexes/$annex/versions/$version:approve" "{\"sha256\": \"$digest\"}"
  expect 200 .state APPROVED
done
say "Each was handed over, read by Claire's departments and approved over the hash of the very file."

chapter "2.2. The contract: negotiated by the departments of both, checked against the law, signed as one file"
as claire
call GET "$path/regimes"
call PUT "$path/regimes" '{"answers": {"outsourcing": {"choice": "YES"}, "keyFunction": {"choice": "NO", "reason": "Hors du périmètre délégué"}, "intraGroup": {"choice": "NO", "reason": "Hors du périmètre délégué"}, "excludedServicesOnly": {"choice": "NO", "reason": "Hors du périmètre délégué"},
  "criteria": {"cost": {"level": "HIGH"}, "impact": {"level": "HIGH"}, "replacement": {"level": "MODERATE"}, "regulatory": {"level": "MODERATE"}, "losses": {"level": "LOW"}}, "ictServices": {"choice": "YES"}, "personalData": {"choice": "YES"}, "healthDataHosting": {"choice": "NO", "reason": "Hors du périmètre délégué"},
  "collectiveContracts": {"choice": "YES"}, "distribution": {"choice": "NO", "reason": "Hors du périmètre délégué"}, "amlDuties": {"choice": "NO", "reason": "Hors du périmètre délégué"}, "complaints": {"choice": "YES"}}}' "If-Match: $etag"
expect 200
say "The questionnaire says which regimes apply: $(it '[.regimes[] | select(.applies) | .regime | sub("REGIME_"; "")] | join(", ")')."
call GET "/v1/clauses"
expect 200
values=$(jq -c '[.clauses[].wording | scan("{{([a-z_]+)}}") | .[0]] | unique | map({name: ., value: ({insurer: "Mutuelle du Littoral", delegate: "Gestion Santé Déléguée", delegate_siren: $siren, effective_day: $day, court_city: "La Rochelle"}[.] // "30")})' \
  --arg siren "$delegate_siren" --arg day "$(day 0)" <<< "$answer")
call POST "$path/contracts" "{\"terms\": {\"title\": \"Contrat de délégation de gestion\", \"effectiveDay\": \"$(day 0)\", \"reviewDays\": 10, \"duration\": {\"termMonths\": 36, \"renewalMonths\": 12,
  \"noticeMonthsInsurer\": 6, \"noticeMonthsDelegate\": 12, \"noticeMonthsCause\": 1, \"transitionMonths\": 6, \"runOffMonths\": 27}}, \"standard\": {\"values\": $values}}"
expect 200 .state STATE_DRAFT
contract="$path/contracts/$(it .id)"
act "$contract" open
expect 200 .state STATE_NEGOTIATING
call GET "$contract/coverage"
expect 200
say "Of $(it '.requirements | length') requirements: $(it '[.requirements | group_by(.status)[] | "\(length) \(.[0].status | ascii_downcase | gsub("_"; " "))"] | join(", ")')."
prove() {
  while read -r kind ids; do
    call POST "$path/evidence" "{\"kind\": \"$kind\", \"requirementIds\": $ids, \"title\": \"Pièce du dossier\", \"reference\": \"DOS-2026\", \"startDay\": \"$(day 0)\"}"
    expect 200
  done < <(jq -r '[.requirements[] | select('"$1"') | .requirement] | group_by(.evidenceKind)[] | "\(.[0].evidenceKind) \([.[].id] | tojson)"' <<< "$answer")
}
prove '.blocksSignature or .requirement.id == "CA-L354-3-NOTIFICATION"'
call GET "$contract/coverage"
expect 200 '[.requirements[] | select(.blocksSignature)] | length' 0
say "What no clause can satisfy is proved by evidence, among it that the ACPR is informed: nothing blocks the signature any more."
as karim
call GET "$contract/clauses"
expect 200
clauses=$(it '[.clauses[] | {clauseId: .id, etag}]')
for who in claire karim; do
  for department in LEGAL PURCHASING OPERATIONS COMPLIANCE; do
    call POST "$contract:approveClauses" "{\"department\": \"REVIEW_DEPARTMENT_$department\", \"approvals\": $clauses}"
    expect 200 '.reviews[0].state' STATE_APPROVED
  done
done
call GET "$contract"
expect 200 .state STATE_AGREED
say "Each of the $(jq length <<< "$clauses") clauses is approved by four departments of each side."
act "$contract" issue
expect 200
digest=$(it .conclusion.documentSha256)
curl --silent --show-error --max-time 60 -H "Authorization: Bearer ${token[$who]}" -H "X-Organization: ${organization[$who]}" -o "$scratch/contrat.pdf" "$rest$contract:download"
[ "$(sha256sum "$scratch/contrat.pdf" | cut -d' ' -f1)" = "$digest" ] || fail "the digest is not that of the PDF"
say "Issued: a PDF of $(stat -c %s "$scratch/contrat.pdf") bytes; what both sign is its SHA-256, ${digest:0:16}…, as sha256sum finds too."
sign_contract() {
  as "$1"
  call POST "$contract:sign" "{\"documentSha256\": \"$digest\"}"
  expect 200
}
sign_contract claire
sign_contract karim
expect 200 .state STATE_IN_FORCE
call GET "$path/title?day=$(day 0)"
expect 200 .title.kind CONTRACT
say "Signed by both: the contract is the title to operate, and the letter is superseded."
