-- Letters of engagement (lettres d'engagement): what makes a delegation official before its contract.
CREATE TABLE minimum_term (
    topic          text    PRIMARY KEY,
    place          integer NOT NULL UNIQUE,
    title          text    NOT NULL,
    french_title   text    NOT NULL,
    source         text    NOT NULL,
    suggested_text text    NOT NULL
);
COMMENT ON TABLE minimum_term IS 'kind: reference
What a letter must say at least, each with a French wording to start from: practice, which the parties edit.';
CALL declare_table('minimum_term');

CREATE TABLE letter (
    owner_id             uuid        NOT NULL,
    delegation_id        uuid        NOT NULL,
    delegate_id          uuid        NOT NULL,
    letter_id            uuid        NOT NULL,
    state                text        NOT NULL CHECK (state IN ('draft', 'issued', 'partly_signed', 'in_force', 'superseded', 'expired', 'terminated', 'withdrawn')),
    scope_version_id     uuid,
    terms                jsonb       NOT NULL,
    fee_cap_cents        bigint      CHECK (fee_cap_cents > 0),
    effective_day        date,
    end_day              date        CHECK (end_day >= effective_day),
    due_annexes          jsonb       NOT NULL,
    scope_lines          jsonb,
    text                 text        NOT NULL DEFAULT '',
    text_sha256          text        NOT NULL DEFAULT '' CHECK (text_sha256 ~ '^([0-9a-f]{64})?$'),
    signatures           jsonb       NOT NULL,
    termination_consents jsonb       NOT NULL,
    warned_days          integer,
    superseded_on_day    date,
    supersede_time       timestamptz,
    last_day             date,
    terminate_time       timestamptz,
    create_time          timestamptz NOT NULL,
    issue_time           timestamptz,
    in_force_time        timestamptz,
    revision             bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, letter_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, scope_version_id) REFERENCES scope_version (owner_id, delegation_id, scope_version_id),
    -- What is to be signed is frozen, and is what its hash says.
    CHECK (state IN ('draft', 'withdrawn') OR issue_time IS NOT NULL AND scope_lines IS NOT NULL AND end_day IS NOT NULL
           AND text_sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex')),
    -- Nothing two-sided takes effect by one side.
    CHECK ((in_force_time IS NOT NULL) = (state IN ('in_force', 'superseded', 'expired', 'terminated'))),
    CHECK (in_force_time IS NULL OR jsonb_array_length(signatures) = 2),
    CHECK ((superseded_on_day IS NULL) = (supersede_time IS NULL)),
    CHECK ((last_day IS NULL) = (terminate_time IS NULL) AND (terminate_time IS NULL OR jsonb_array_length(termination_consents) = 2))
);
COMMENT ON TABLE letter IS 'kind: party
Letters of engagement of a delegation.';
COMMENT ON COLUMN letter.scope_lines IS 'The lines of the scope that the letter covers, as they were when it was issued: messages ScopeLine as proto3 JSON.';
COMMENT ON COLUMN letter.warned_days IS 'How many days ahead of its end the latest warning was; null before the first.';
COMMENT ON COLUMN letter.signatures IS 'Messages LetterSignature as proto3 JSON, in their order.';
CREATE INDEX letter_by_delegate ON letter (delegate_id, delegation_id, letter_id);
CREATE UNIQUE INDEX letter_in_force ON letter (owner_id, delegation_id) WHERE state = 'in_force';
CALL declare_table('letter');
-- For expiry, which nobody calls.
CALL declare_system_access('letter', 'SELECT, UPDATE');
CREATE INDEX letter_for_expiry ON letter (owner_id, letter_id);
GRANT SELECT, INSERT, UPDATE ON letter TO {request};
