# The fifth part of ../tour.sh: reports that fall due, one that comes late, a dispute, a restatement, all the data.

chapter "5.1. A month is over: its report falls due by the calendar of the contract, and the delegate finds it on its work list"
# Weeks pass until the first report of the catalogue falls due.
until_due() {
  for _ in $(seq 20); do
    call GET "/v1/reports?delegationId=$delegation&state=DUE"
    expect 200
    [ "$(it '[.delegations[].reports[]? | select(.kind == "OPERATIONAL")] | length')" != 0 ] && return
    later 7
  done
  fail "no report fell due"
}
as karim
until_due
operational="$path/reports/$(it '[.delegations[].reports[] | select(.kind == "OPERATIONAL")] | last | .id')"
call GET "$operational"
expect 200 .state DUE
from=$(it .periodStartDay) to=$(it .periodEndDay)
say "$(it .title), from $from to $to, is due on $(it .dueDay)."
as claire
call POST "$path/committees" '{"level": "OPERATIONAL_COMMITTEE", "name": "Comité opérationnel", "mandate": "Suivre la gestion et les chiffres",
  "roles": ["ROLE_DELEGATION_MANAGER", "ROLE_REPORTING"], "steps": ["WEEKLY", "MONTHLY"], "relaxAfter": 3, "tacitDays": 5}'
expect 200 .cadence.reason STARTED
operations_committee="/v1/committees/$(it .id)"
call POST "$operations_committee/meetings" "{\"startTime\": \"$(instant 30 09)\", \"durationMinutes\": 60, \"place\": \"Visioconférence\"}"
expect 200
next_meeting="/v1/meetings/$(it .id)"

chapter "5.2. Nobody publishes it in time: late is a breach, which both sides see"
later 20
until_seen '.late' true GET "$operational"
until_seen '.lateTime != null' true GET "$operational"
as claire
until_seen '[.workItems[] | select(.kind == "report.late")] | length > 0' true GET "/v1/work-items?delegation_id=$delegation&page_size=200"
say "Claire finds: $(it '[.workItems[] | select(.kind == "report.late")][0].title')."
until_seen '[.agenda[2].items[] | select(.objectType == "report")] | length > 0' true GET "$next_meeting"
say "It is on the agenda of the next committee, under the difficulties: $(it '[.agenda[2].items[] | select(.objectType == "report")][0].title')."
until_seen .cadence.reason REPORT_LATE GET "$operations_committee"
say "The committee's cadence: $(it .cadence.explanation)"

chapter "5.3. It is published: sealed, in four formats from one data set"
{
  echo "reference;kind;receive;close;outcome"
  for number in $(seq 1 8); do echo "FIG-$number;devis;$from;$(date -d "$from + $number days" +%F);processed"; done
} > "$scratch/figures.csv"
bring "$scratch/figures.csv" "$from" "$to"
act "$operational" publish
expect 200 .state PUBLISHED .acceptance WAITING .versionCount 1
seal=$(it '.versions[0].sha256')
as claire
# fetch PATH FILE: downloads what is no JSON.
fetch() {
  curl --silent --show-error --fail --max-time 60 -H "Authorization: Bearer ${token[$who]}" ${organization[$who]:+-H "X-Organization: ${organization[$who]}"} \
    -H "Accept-Language: fr" -o "$2" "$rest$1" || fail "$1 was not downloaded"
}
for format in JSON CSV XLSX PDF; do fetch "$operational/file?format=$format" "$scratch/report.$format"; done
[ "$(sha256sum "$scratch/report.JSON" | cut -d' ' -f1)" = "$seal" ] || fail "the JSON form does not have the seal for its hash"
until_seen "[.documents[].sha256] | index(\"$seal\") != null" true GET "$next_meeting/pack"
say "The next committee has it before it by that hash; the pack is sealed when the meeting begins."
say "Claire downloads $(cd "$scratch" && wc -c report.* | awk '$2 != "total" { printf "%s (%d bytes) ", $2, $1 }'); the SHA-256 of the JSON file is the seal: ${seal:0:16}…"

chapter "5.4. A figure is disputed; a correction becomes a restatement with every difference; both resolve it"
call GET "$operational/content"
expect 200
figure=$(it '[.tables[] | select(.lineCount != "0") | . as $t | .columns[] | select(.type == "COLUMN_TYPE_COUNT") | "\($t.key) \(.key)"][0]')
place=$(it "[.tables[] | select(.key == \"${figure% *}\") | .columns[].key] | index(\"${figure#* }\")")
call GET "$operational/lines?tableKey=${figure% *}"
expect 200
line=$(it '.lines[0].key') value=$(it ".lines[0].cells[$place].number")
act "$operational" dispute "\"tableKey\": \"${figure% *}\", \"lineKey\": \"$line\", \"columnKey\": \"${figure#* }\", \"claimedNumber\": \"$((value + 1))\", \"reason\": \"Un courrier de plus.\""
expect 200 .acceptance DISPUTED
dispute="$operational/disputes/$(it '.disputes[0].id')"
say "${figure#* }: $value published, $((value + 1)) claimed; both values are kept."
printf 'reference;kind;receive;close;outcome\nFIG-9;devis;%s;%s;processed\n' "$from" "$to" > "$scratch/correction.csv"
bring "$scratch/correction.csv" "$from" "$to"
act "$operational" publish '"reason": "Une opération manquait."'
expect 200 .versionCount 2
call GET "$operational/differences"
expect 200
say "Version 2 differs in $(it .differenceCount) cells, as $(it '.differences[0] | "\(.lineKey) \(.columnKey): \(.before.number // "none") to \(.after.number // "none")"'); version 1 stays as it was."
for side in karim claire; do
  as "$side"
  call GET "$operational"
  call POST "$dispute:resolve" '{"resolution": "CLAIMED_HOLDS"}' "If-Match: $etag"
  expect 200
done
act "$operational" accept
expect 200 .acceptance ACCEPTED
say "Both say that the claimed value holds; Claire accepts version 2."

chapter "5.5. All the data, for the insurer's own tools"
fetch "$path/data" "$scratch/data.zip"
say "One archive of $(wc -c < "$scratch/data.zip") bytes: a CSV file for each kind of lines, a dictionary, a manifest with counts, totals and hashes."
