# The second part of ../tour.sh: the annexes that the letter asks for, the contract that takes its place, what is measured and paid.

chapter "11. The annexes that the letter left open are finished"
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
