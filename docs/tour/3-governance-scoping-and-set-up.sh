# The third part of ../tour.sh: committees, escalations, the gates, the five questions of the scoping, the tools of both sides.

chapter "3.1. A committee meets as often as the project needs, with the three standing points"
as claire
call POST "$path/committees" '{"level": "PROJECT_COMMITTEE", "name": "Comité projet", "mandate": "Suivre le plan d’actions",
  "roles": ["ROLE_DELEGATION_MANAGER", "ROLE_PROJECT_LEAD"], "steps": ["WEEKLY", "FORTNIGHTLY", "MONTHLY"], "relaxAfter": 3, "tacitDays": 5}'
expect 200 .level PROJECT_COMMITTEE
committee=$(it .id)
say "It meets $(it '.cadence.step | ascii_downcase'). $(it .cadence.explanation)"
as karim
act "/v1/committees/$committee" setRoles '"roles": ["ROLE_DELEGATION_MANAGER", "ROLE_PROJECT_LEAD"]'
expect 200
say "Each side says which of its people sit in it."
call POST "/v1/committees/$committee/meetings" "{\"startTime\": \"$(instant 1 09)\", \"durationMinutes\": 60, \"place\": \"Visioconférence\"}"
expect 200 .state PLANNED '[.agenda[].kind] | .[0:3] | join(" ")' 'ACTIVITIES PROGRESS DIFFICULTIES'
meeting=$(it .id)
say "Its agenda has the three points that never fail: $(it '[.agenda[0:3][].kind | ascii_downcase] | join(", ")')."

chapter "3.2. A dysfunction is raised at once, not kept for the committee"
as karim
call POST "$path/escalations" "{\"title\": \"Fichier des bénéficiaires incomplet\", \"description\": \"Il manque les rattachements.\", \"severity\": \"MAJOR\", \"noticeTime\": \"$(instant 0 08)\"}"
expect 200 .state RAISED
escalation=$(it .id)
as claire
call GET "/v1/meetings/$meeting"
expect 200 '.agenda[2].items | map(select(.objectType == "escalation")) | length' 1
say "It is on the agenda of the next committee by itself; Claire, who answers for her side, does not wait for it:"
call POST "/v1/escalations/$escalation:acknowledge" "{}"
expect 200 .state ACKNOWLEDGED
act "/v1/escalations/$escalation" resolve '"cause": "Extraction filtrée à tort", "resolution": "Fichier extrait de nouveau"'
expect 200 .state RESOLVED
as karim
act "/v1/escalations/$escalation" confirm
expect 200 .state CLOSED
say "Acknowledged, resolved, and closed by Karim, who raised it."

chapter "3.3. What the committee decides becomes an action that keeps its origin"
later 2
as claire
call GET "/v1/meetings/$meeting"
call POST "/v1/meetings/$meeting:recordMinutes" "{\"activities\": \"Lancement réalisé.\", \"progress\": \"Plan d’actions ouvert.\", \"difficulties\": \"Fichier corrigé.\",
  \"period\": {\"commitments\": \"MET\"},
  \"decisions\": [{\"title\": \"Organiser l’atelier garanties\", \"owner\": {\"side\": \"SIDE_DELEGATE\", \"role\": \"ROLE_PROJECT_LEAD\"}, \"dueDay\": \"$(day 10)\"}]}" "If-Match: $etag"
expect 200 .state HELD
as karim
act "/v1/meetings/$meeting" confirmMinutes
expect 200 .state CONFIRMED
decided=$(it '.minutes.decisions[0].actionId')
call GET "/v1/projects/$project/actions/$decided"
expect 200 .state OPEN .origin.type decision
say "Karim confirms what Claire wrote; the action plan has: $(it .title), from that decision."

chapter "3.4. The gate to the scoping opens on evidence, and both pass it"
# pass GATE PHASE: both sides pass the next gate on what they read; the phase follows.
pass() {
  as claire
  call GET "/v1/projects/$project/gate"
  expect 200 .gate "$1"
  local shut
  shut=$(it '[.criteria[] | select(.state != "MET" and .state != "OVERRIDDEN") | "\(.title): \(.found)"] | join(" | ")')
  [ -z "$shut" ] || fail "the gate $1 is shut: $shut"
  say "Claire reads: $(it '[.criteria[].title] | join(", ")')."
  call POST "/v1/projects/$project/gate:pass" "{\"gate\": \"$1\"}" "If-Match: $etag"
  expect 200 .state PENDING
  as karim
  call GET "/v1/projects/$project/gate"
  call POST "/v1/projects/$project/gate:pass" "{\"gate\": \"$1\"}" "If-Match: $etag"
  expect 200 .state PASSED
  call GET "/v1/projects/$project"
  expect 200 .phase "$2"
  say "With Karim's passing the project is in: $(it '.phase | ascii_downcase')."
}
pass TO_SCOPING SCOPING

chapter "3.5. Scoping: a workshop brings out a need, and the need ends in a decision of both"
person_of() { as "$1"; call GET /v1/members; person=$(it '.members[0].personId'); }
person_of karim
call POST "/v1/projects/$project/workshops" "{\"title\": \"Garanties et tiers payant\", \"startTime\": \"$(instant 1 09)\", \"place\": \"Visioconférence\",
  \"points\": [\"Grille des garanties\", \"Segments de tiers payant\"], \"personIds\": [\"$person\"]}"
expect 200 .state PLANNED
workshop=$(it .id)
person_of claire
act "/v1/projects/$project/workshops/$workshop" setParticipants "\"personIds\": [\"$person\"]"
expect 200
later 2
as karim
act "/v1/projects/$project/workshops/$workshop" record '"record": "Les deux équipes ont parcouru la grille ligne à ligne."'
expect 200 .state HELD
call POST "/v1/projects/$project/needs" "{\"workshopId\": \"$workshop\", \"title\": \"Devis dentaire en ligne\", \"description\": \"Les adhérents le demandent chaque semaine.\"}"
expect 200 .state RAISED
need="/v1/projects/$project/needs/$(it .id)"
as claire
act "$need" decide "\"decision\": {\"outcome\": \"ACCEPT\", \"becomes\": \"DELIVERABLE\", \"owner\": {\"side\": \"SIDE_DELEGATE\", \"role\": \"ROLE_PROJECT_LEAD\"}, \"dueDay\": \"$(day 30)\"}"
expect 200 .state RAISED
as karim
act "$need" confirm
expect 200 .state ACCEPTED
say "Raised in the workshop, accepted by both, it became a $(it .resultType)."

chapter "3.6. The five questions, answered by both, make the work to do"
cat > "$scratch/grille.csv" <<'CSV'
code;niveau;poste;libelle;mode;taux;forfait;plafond;base;taux_amo
CONS;Confort;SOINS_COURANTS;Consultation généraliste;BRSS_AVEC_AMO;200 %;;;30;70 %
CHAMBRE;Confort;HOSPITALISATION;Chambre particulière;FORFAIT;;60;;0;0
CSV
sed 's/200 %/deux cents/' "$scratch/grille.csv" > "$scratch/faux.csv"
as claire
upload "/v1/projects/$project/guarantee-grid?fileName=grille.csv" "$scratch/faux.csv" text/csv
expect 400
say "A cell that cannot be read is named: $(it '.errors[0].field'): $(it '.errors[0].message')"
upload "/v1/projects/$project/guarantee-grid?fileName=grille.csv" "$scratch/grille.csv" text/csv
expect 200 .state PROPOSED '.guaranteeGrid.lines | length' 2
as karim
answer_to() { call POST "/v1/projects/$project/scoping-answers" "$1"; expect 200 .state PROPOSED; }
answer_to '{"takeOver": {"parts": [{"code": "BENEF", "category": "BENEFICIARIES", "title": "Bénéficiaires", "source": "Ancien délégataire", "itemCount": "12000", "personalData": true}]}}'
answer_to '{"reports": {"reports": [{"code": "OPE-M", "title": "Tableau de bord opérationnel", "kind": "OPERATIONAL", "periodicity": "EACH_MONTH", "dueDays": 10, "format": "CSV", "recipient": "Pilotage"},
  {"code": "TEC-T", "title": "Rapport technique", "kind": "TECHNICAL", "periodicity": "EACH_QUARTER", "dueDays": 30, "format": "XLSX", "recipient": "Actuariat"}]}}'
answer_to '{"segments": {"segments": [{"segment": "SEGMENT_PHARMACY", "operator": "Opérateur de tiers payant"}, {"segment": "SEGMENT_OPTICAL", "operator": "Opérateur de tiers payant"}]}}'
answer_to "{\"functions\": {\"functions\": [{\"code\": \"DEVIS\", \"title\": \"Devis dentaire\", \"audience\": \"MEMBERS\", \"openingDay\": \"$(day 90)\"}]}}"
for question in GUARANTEE_GRID TAKE_OVER REPORTS THIRD_PARTY_SEGMENTS DIGITAL_FUNCTIONS; do both "/v1/projects/$project/scoping-answers/$question" validate; done
expect 200 .state VALIDATED
many() { call GET "/v1/projects/$project/$1?pageSize=200"; expect 200; say "  $(it ".$2 | length") $1: $(it "[.$2[0:2][].title] | join(\", \")"), …"; }
say "With the second validation each answer made its work:"
many deliverables deliverables
many take-over-lots takeOverLots
many report-definitions reportDefinitions
many acceptance-cases acceptanceCases
call POST "/v1/projects/$project/scoping-answers:generate" '{}'
expect 200 .added 0 .changed 0
say "Generated again, its $(it .unchanged) items stay as they are; what people edit is theirs."
call GET "/v1/projects/$project/deliverables?pageSize=200"
for deliverable in $(it '.deliverables[].id'); do both "/v1/projects/$project/deliverables/$deliverable" validate; done
say "Both validate $(call GET "/v1/projects/$project/deliverables?pageSize=200"; it '.deliverables | length') deliverables."

chapter "3.7. Scope and roles are validated again at scoping"
as claire
call POST "$path/scope-versions" "{\"occasion\": \"SCOPE_OCCASION_SCOPING\", \"effectiveDay\": \"$(day 0)\", \"lines\": $(jq 'map(if .activityCode == "RAT" then .assignments = [
  { party: "SCOPE_PARTY_INSURER", roles: ["RACI_ROLE_ACCOUNTABLE", "RACI_ROLE_RESPONSIBLE"] }] else . end)' <<< "$lines")}"
expect 200 .state PROPOSED
both "$path/scope-versions/$(it .id)" validate
expect 200 .state VALIDATED
call GET "$path/scope-comparison"
expect 200 '.differences | length' 1
say "Against the conclusion: $(it '.differences[] | "\(.activityCode) \(.kind | ascii_downcase), which moves \(.indicatorCodes | join(" and "))"')."
both "/v1/projects/$project/calendar" validate
expect 200 .agreed true
pass TO_SET_UP SET_UP

chapter "3.8. Set-up: the reports are agreed on, and a test delivery of each is reconciled by both"
as karim
call GET "/v1/projects/$project/report-catalogue"
expect 200 .state OPEN '.reports | length' 2
# Reports begin with the next quarter.
quarter=$(date -d "$(day 0 | cut -c1-4)-01-01 + $((($(date -d "$(day 0)" +%-m) + 2) / 3 * 3)) months" +%F)
for report in $(it '.reports[].reportId'); do
  call GET "/v1/projects/$project/report-catalogue"
  call PUT "/v1/projects/$project/report-catalogue/$report" "{\"firstPeriodDay\": \"$quarter\", \"counting\": \"OUVRES\"}" "If-Match: $etag"
  expect 200
done
both "/v1/projects/$project/report-catalogue" agree
expect 200 .state AGREED
say "Agreed by both; the first delivery is due on $(it '.reports[0].nextDeliveries[0].dueDay')."
for report in $(it '.reports[].reportId'); do
  as karim
  call POST "/v1/projects/$project/test-deliveries" "{\"reportId\": \"$report\", \"periodFirstDay\": \"$quarter\", \"periodLastDay\": \"$(date -d "$quarter + 3 months - 1 day" +%F)\", \"fileName\": \"essai.csv\",
    \"fileSha256\": \"$(sha256sum "$scratch/grille.csv" | cut -d' ' -f1)\", \"count\": {\"rows\": \"1200\", \"lines\": [{\"label\": \"Prestations\", \"count\": \"1200\", \"amountCents\": \"4512050\"}]}}"
  expect 200 .state DELIVERED
  delivery="/v1/projects/$project/test-deliveries/$(it .id)"
  as claire
  act "$delivery" count '"count": {"rows": "1199", "lines": [{"label": "Prestations", "count": "1199", "amountCents": "4510000"}]}'
  expect 200 .state DIFFERENT '.differences | length' 2
  difference=$(it '.differences[] | select(.label != "") | "\(.label): \(.countDifference) item, \(.amountDifferenceCents) cents"')
  as karim
  for label in "" Prestations; do
    act "$delivery" explain "\"label\": \"$label\", \"explanation\": \"Une régularisation est comptée au mois suivant.\""
    expect 200
  done
  both "$delivery" accept
  expect 200 .state AGREED
done
say "Claire counts one less ($difference); Karim explains it, both accept, and nothing is hidden."
pass TO_ROBUSTNESS ROBUSTNESS
