# The sixth part of ../tour.sh: what is coming, from two sightings of one decree to a request for an amendment and a bulletin.

chapter "6.1. The delegate watches: what is found at two places is one item, and noise goes with a reason"
as karim
call POST /v1/watch-sources '{"kind": "FEED", "url": "http://127.0.0.1/feed", "details": {"name": "Interne", "stream": "REGULATORY", "trust": "OTHER"}}'
expect 400 .reason INVALID_FIELDS
say "An address inside the network is refused: $(it '.errors[0].reason')."
call POST /v1/watch-sources '{"kind": "MANUAL", "url": "https://www.legifrance.gouv.fr", "details": {"name": "Légifrance", "stream": "REGULATORY", "trust": "OFFICIAL"}}'
expect 200
source_id=$(it .id)
text() { echo "{\"stream\": \"REGULATORY\", \"title\": \"$1\", \"status\": \"PUBLISHED\", \"publicationDay\": \"$(day -1)\", \"deadlineDay\": \"$(day 120)\", \"certainty\": \"CONFIRMED\"}"; }
call POST /v1/tracked-items "{\"details\": $(text "Décret n° 2027-310 relatif aux prothèses capillaires, NOR SSAS2701234D"), \"sourceId\": \"$source_id\"}"
expect 200 .state NEW
item="/v1/tracked-items/$(it .id)"
call POST /v1/tracked-items "{\"details\": $(text "Prothèses capillaires : le décret SSAS2701234D est paru"), \"readAt\": \"Presse\"}"
expect 200 '.sightings | length' 2
say "Seen twice, one item: $(it '.sightings[1].reason')."
act "$item" triage '"move": "KEEP"'
expect 200 .state KEPT

chapter "6.2. Its impact is assessed and an amendment is asked for, which the insurer accepts"
act "$item" assess "\"assessment\": {\"business\": 3, \"systems\": 4, \"contracts\": 4, \"internalDueDay\": \"$(day 90)\", \"affected\": [{\"delegationId\": \"$delegation\", \"type\": \"PROJECT\", \"id\": \"$project\"}]}"
expect 200 .state ASSESSED
say "It touches $(it '.assessment.affected[0].title')."
call POST "$path/amendment-requests" "{\"itemId\": \"${item##*/}\", \"change\": \"Annexe des garanties : prothèses capillaires de classe II.\", \"effectDay\": \"$(day 120)\"}"
expect 200 .state REQUESTED
asked="$path/amendment-requests/$(it .id)"
as claire
act "$asked" answer '"accept": true'
expect 200 .state ACCEPTED
as karim
act "$item" decide '"kind": "AMEND", "reason": "La grille change."'
expect 200 .state DECIDED

chapter "6.3. The bulletin is published as PDF and HTML, and the insurer acknowledges what it read"
call POST /v1/bulletins "{\"outline\": {\"delegationIds\": [\"$delegation\"], \"title\": \"Veille du trimestre\", \"periodStartDay\": \"$(day -90)\", \"periodEndDay\": \"$(day 0)\"}}"
expect 200 .state PUBLISHED '.entries | length' 1
bulletin="/v1/bulletins/$(it .id)" pdf_sha256=$(it .pdfSha256)
as claire
until_seen '[.documents[] | select(.kind == "BULLETIN") | .sha256][0]' "$pdf_sha256" GET "$next_meeting/pack"
say "It is in the pack of the next committee, by the hash of its PDF."
curl --silent --show-error --fail --max-time 30 -H "Authorization: Bearer ${token[claire]}" -H "X-Organization: ${organization[claire]}" -o "$scratch/veille.pdf" "$rest$bulletin:download"
[ "$(sha256sum "$scratch/veille.pdf" | cut -d' ' -f1)" = "$pdf_sha256" ] || fail "the PDF is not the one that was published"
call POST "$bulletin:acknowledge" "{\"pdfSha256\": \"$pdf_sha256\"}"
expect 200 .state ACKNOWLEDGED
say "The bulletin of $(it '.pdfPages') pages is acknowledged by its hash."
