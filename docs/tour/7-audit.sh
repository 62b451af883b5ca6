# The seventh part of ../tour.sh: an audit by the ACPR, read on the platform and packed for those who use no account.

chapter "7.1. The ACPR audits the outsourcing: the mutual records the mission, and Paul reads for the authority"
as claire
call POST /v1/members:invite '{"roles": ["ROLE_AUDITOR"], "email": "auditor@example.org", "displayName": "An auditor"}'
expect 200
code=$(it .code)
mutual=${organization[claire]}
own=${organization[paul]}
as paul
call POST /v1/memberships:accept "{\"code\": \"$code\", \"displayName\": \"An auditor\"}"
expect 200
as claire
call GET "/v1/members?pageSize=200"
auditor=$(it '[.members[] | select(.roles == ["ROLE_AUDITOR"]) | .id][0]')
call POST "/v1/delegations/$delegation/audit-missions" "{
  \"kind\": \"ACPR\", \"title\": \"Externalisation des prestations santé\", \"subjects\": [\"AUDIT_SUBJECT_CONTRACT\", \"AUDIT_SUBJECT_GOVERNANCE\"],
  \"periodStartDay\": \"$(day -400)\", \"periodEndDay\": \"$(day 0)\", \"openDay\": \"$(day 0)\", \"closeDay\": \"$(day 30)\", \"auditorIds\": [\"$auditor\"]}"
expect 200 .state PLANNED .noticeDays 0
mission="/v1/delegations/$delegation/audit-missions/$(it .id)"
say "It rests on $(it .legalBasis)"
organization[paul]=$mutual
as paul
call GET "/v1/delegations/$delegation"
expect 403 .reason MEMBERSHIP_REQUIRED
as claire
act "$mission" notify
expect 200 .state OPEN
as paul
until_seen .id "$delegation" GET "/v1/delegations/$delegation"
until_seen '.committees | type' array GET "/v1/delegations/$delegation/committees"
call GET "/v1/delegations/$delegation/invoices"
expect 403 .reason MEMBERSHIP_REQUIRED
call POST "/v1/delegations/$delegation/audit-missions" '{}'
expect 403 .reason MEMBERSHIP_REQUIRED
say "Paul reads the contract and the committees, in two services; money was not named, and nothing can be written."

chapter "7.2. What the authority asks is answered, what it finds is put right, and the other side says that it is"
as claire
call POST "/v1/delegations/$delegation/evidence-requests" "{\"missionId\": \"${mission##*/}\", \"title\": \"Journal des accès\", \"dueDay\": \"$(day 10)\"}"
expect 200 .state ASKED
asked="/v1/delegations/$delegation/evidence-requests/$(it .id)"
as karim
call POST "$asked:answer" '{"answer": "Transmis au format demandé."}'
expect 200 .state ANSWERED
as claire
call POST "$asked:accept" '{}' "If-Match: $etag"
expect 200 .state ACCEPTED
call POST "/v1/delegations/$delegation/audit-findings" "{\"missionId\": \"${mission##*/}\", \"severity\": \"MAJOR\", \"title\": \"Habilitations trop larges\"}"
expect 200 .state OPEN
finding="/v1/delegations/$delegation/audit-findings/$(it .id)"
as karim
call POST "$finding:setPlan" "{\"plan\": \"Revue trimestrielle des habilitations.\", \"dueDay\": \"$(day 20)\"}" "If-Match: $etag"
expect 200 .state PLANNED
call POST "$finding:complete" '{"outcome": "Revue faite."}' "If-Match: $etag"
expect 200 .state DONE
as_done=$etag
call POST "$finding:validate" '{"closed": true}' "If-Match: $as_done"
expect 400 .reason FINDING_OF_YOUR_SIDE
as claire
call POST "$finding:validate" '{"closed": true}' "If-Match: $as_done"
expect 200 .state CLOSED
say "Karim answers and corrects; that the finding is closed is for Claire to say."

chapter "7.3. Beside missions the mutual controls its delegate by a plan of its own"
as claire
call GET "/v1/members?pageSize=200"
owner=$(it '[.members[] | select(.roles != ["ROLE_AUDITOR"]) | .id][0]')
due=$(day 20)
call POST "/v1/delegations/$delegation/control-plans" "{\"year\": ${due%%-*}, \"controls\": [{
  \"code\": \"C1\", \"title\": \"Décomptes de prestations\", \"subject\": \"AUDIT_SUBJECT_FIGURES\", \"kind\": \"SAMPLE_OF_FILES\", \"frequency\": \"ONCE\",
  \"dueDay\": \"$due\", \"ownerId\": \"$owner\", \"duties\": [\"CONTROL_DUTY_DELEGATE_CONTROLS\"], \"requirementId\": \"SII-274-4-D\"}]}"
expect 200 .state DRAFT
plan="/v1/delegations/$delegation/control-plans/$(it .id)"
say "It rests on $(it .legalBasis); of art. 274(5) it leaves out $(it '.uncoveredDuties | length') points"
as karim
call GET "$plan"
expect 404 .reason CONTROL_PLAN_NOT_FOUND
as claire
act "$plan" adopt
expect 200 .state ADOPTED
as karim
call GET "/v1/delegations/$delegation/controls"
expect 200 '.controls | length' 1
control="/v1/delegations/$delegation/controls/$(it '.controls[0].id')"
as claire
act "$control" execute "\"executionDay\": \"$(day 0)\", \"sampleSize\": 60, \"anomalies\": 9, \"result\": \"NOT_CONFORM\", \"summary\": \"Neuf décomptes hors barème.\""
expect 200 .state EXECUTED .result NOT_CONFORM
call POST "/v1/delegations/$delegation/audit-findings" "{\"controlId\": \"${control##*/}\", \"severity\": \"MAJOR\", \"title\": \"Barème non tenu à jour\"}"
expect 200 .state OPEN
say "What the control found is Karim's to correct, and Claire's to close, as what auditors find."

chapter "7.4. Once a year the delegate reports to the board of the mutual"
as claire
call GET "/v1/delegations/$delegation/yearly-report-terms"
expect 200 .basis MUTUAL_CODE
this_year=$(day 0); this_year=${this_year%%-*}
call PUT "/v1/delegations/$delegation/yearly-report-terms" "{\"firstYear\": $((this_year - 1)), \"firstDueDay\": \"$this_year-12-31\"}" "If-Match: $etag"
expect 200 .firstYear $((this_year - 1))
as karim
call GET "/v1/delegations/$delegation/yearly-reports"
expect 200 '.reports | length' 1
report="/v1/delegations/$delegation/yearly-reports/$(it '.reports[0].id')"
printf '%%PDF-1.7\nrapport annuel\n%%%%EOF\n' > "$scratch/rapport.pdf"
upload "$report:upload?fileName=rapport.pdf&sha256=$(sha256sum "$scratch/rapport.pdf" | cut -d' ' -f1)" "$scratch/rapport.pdf" application/pdf
expect 200 '.versions[0].draft' true
act "$report" submit '"statements": {"activities": "Prestations et cotisations.", "complaints": 12, "keyFigures": [{"label": "Délai moyen", "value": "2,1 jours ouvrés"}]}'
expect 200 .state SUBMITTED
as claire
act "$report" present "\"day\": \"$(day 0)\", \"decision\": \"Le conseil prend acte.\""
expect 200 .state PRESENTED
say "The report is there as it was submitted; a correction would be a version of its own."

chapter "7.5. Auditors without an account are given a pack that proves itself"
curl --silent --show-error --fail --max-time 120 -H "Authorization: Bearer ${token[claire]}" -H "X-Organization: $mutual" -o "$scratch/pack.zip" "$rest$mission:downloadEvidencePack"
verifier=$(find "$here/../src/JournalVerifier/bin" -name journal.dll 2> /dev/null | head -1 || true)
check() { if [ -n "$verifier" ]; then dotnet "$verifier" verify --pack "$1"; else dotnet run --project "$here/../src/JournalVerifier" -- verify --pack "$1"; fi; }
answer=$(check "$scratch/pack.zip") || { echo "    ✗ $answer" >&2; exit 1; }
say "Checked without any database: $(head -1 <<< "$answer"). $(sed -n 2p <<< "$answer")"
head -c -1 "$scratch/pack.zip" > "$scratch/cut.zip"
if check "$scratch/cut.zip" > /dev/null 2>&1; then echo "    ✗ a pack that was cut is taken for whole" >&2; exit 1; fi

as claire
act "$mission" close '"reason": "Rapport remis."'
expect 200 .state CLOSED
as paul
call GET "/v1/delegations/$delegation"
expect 403 .reason MEMBERSHIP_REQUIRED
organization[paul]=$own
say "The mission is closed, and Paul is a stranger again."
