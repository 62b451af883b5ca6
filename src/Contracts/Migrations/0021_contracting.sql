-- Contracts and amendments from the agreed text to their end (conclusion et vie du contrat).
ALTER TABLE contract
    DROP CONSTRAINT contract_state,
    ADD CONSTRAINT contract_state CHECK (state IN ('draft', 'negotiating', 'agreed', 'withdrawn', 'issued', 'partly_signed', 'in_force', 'ended', 'superseded')),
    ADD COLUMN duration          jsonb,
    ADD COLUMN amended_duration  jsonb,
    ADD COLUMN document_id       uuid,
    ADD COLUMN document_sha256   text    NOT NULL DEFAULT '' CHECK (document_sha256 ~ '^([0-9a-f]{64})?$'),
    ADD COLUMN document_bytes    bigint,
    ADD COLUMN document_pages    integer,
    ADD COLUMN scope_version_id  uuid,
    ADD COLUMN scope_lines       jsonb,
    ADD COLUMN listed_annexes    jsonb   NOT NULL DEFAULT '[]',
    ADD COLUMN signing_order     text    CHECK (signing_order IN ('parallel', 'insurer_first', 'delegate_first')),
    ADD COLUMN signatures        jsonb   NOT NULL DEFAULT '[]',
    ADD COLUMN notices           jsonb   NOT NULL DEFAULT '[]',
    ADD COLUMN issue_time        timestamptz,
    ADD COLUMN in_force_time     timestamptz,
    ADD COLUMN superseded_on_day date,
    ADD COLUMN supersede_time    timestamptz,
    ADD CONSTRAINT contract_document FOREIGN KEY (owner_id, delegation_id, document_id) REFERENCES file (owner_id, delegation_id, file_id),
    ADD CONSTRAINT contract_scope FOREIGN KEY (owner_id, delegation_id, scope_version_id)
        REFERENCES scope_version (owner_id, delegation_id, scope_version_id),
    -- What is to be signed is frozen, and known by its hash.
    ADD CONSTRAINT contract_issued CHECK ((state IN ('issued', 'partly_signed', 'in_force', 'ended', 'superseded')) = (issue_time IS NOT NULL)),
    ADD CONSTRAINT contract_frozen CHECK (issue_time IS NULL OR (document_id IS NOT NULL AND document_sha256 <> '' AND document_bytes IS NOT NULL
        AND document_pages IS NOT NULL AND scope_lines IS NOT NULL AND signing_order IS NOT NULL AND agree_time IS NOT NULL)),
    -- Nothing two-sided takes effect by one side.
    ADD CONSTRAINT contract_signed CHECK ((in_force_time IS NOT NULL) = (state IN ('in_force', 'ended', 'superseded'))),
    ADD CONSTRAINT contract_signed_by_both CHECK (in_force_time IS NULL OR jsonb_array_length(signatures) = 2),
    ADD CONSTRAINT contract_superseded CHECK ((superseded_on_day IS NOT NULL) = (supersede_time IS NOT NULL));
COMMENT ON COLUMN contract.duration IS 'The message ContractDuration, as proto3 JSON, that was agreed on; of an amendment that changes nothing of it, null.';
COMMENT ON COLUMN contract.amended_duration IS 'The same by the amendment in force that was signed last and says anything of it.';
COMMENT ON COLUMN contract.document_id IS 'The PDF that is or was signed.';
COMMENT ON COLUMN contract.scope_lines IS 'The lines of the scope that it covers, as they were when it was issued: messages ScopeLine as proto3 JSON.';
COMMENT ON COLUMN contract.listed_annexes IS 'The annexes of which it consists: messages ListedAnnex as proto3 JSON.';
COMMENT ON COLUMN contract.signatures IS 'Messages SideSignature as proto3 JSON, in their order.';
COMMENT ON COLUMN contract.notices IS 'Notices to end it: messages TerminationNotice as proto3 JSON, the earliest first.';
DROP INDEX contract_negotiated;
CREATE UNIQUE INDEX contract_negotiated ON contract (owner_id, delegation_id)
    WHERE kind = 'contract' AND state IN ('draft', 'negotiating', 'agreed', 'issued', 'partly_signed');
-- For the end of terms, which nobody calls.
CREATE INDEX contract_for_terms ON contract (owner_id, contract_id);
CREATE INDEX contract_amendments ON contract (owner_id, delegation_id, amends_id, in_force_time) WHERE amends_id IS NOT NULL;

-- An amendment may strike out a clause of its contract.
ALTER TABLE contract_clause
    DROP CONSTRAINT contract_clause_sort_check,
    ADD CONSTRAINT contract_clause_sort CHECK (sort IN ('clause', 'annex', 'repeal'));
