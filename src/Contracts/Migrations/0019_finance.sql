-- Money between the parties: invoices of the delegate (factures), and credit notes for what commitments brought (avoirs).

CREATE TABLE invoice (
    owner_id              uuid        NOT NULL,
    delegation_id         uuid        NOT NULL,
    delegate_id           uuid        NOT NULL,
    invoice_id            uuid        NOT NULL,
    number                text        NOT NULL CHECK (char_length(number) BETWEEN 1 AND 60),
    state                 text        NOT NULL CHECK (state IN ('submitted', 'disputed', 'accepted', 'withdrawn')),
    issue_day             date        NOT NULL,
    start_day             date        NOT NULL,
    end_day               date        NOT NULL CHECK (end_day >= start_day),
    due_day               date        NOT NULL CHECK (due_day >= issue_day),
    lines                 jsonb       NOT NULL,
    total_cents           bigint      NOT NULL CHECK (total_cents >= 0),
    expected_cents        bigint      NOT NULL CHECK (expected_cents >= 0),
    comment               text        NOT NULL CHECK (char_length(comment) <= 2000),
    disputed_amount_cents bigint      CHECK (disputed_amount_cents >= 0),
    create_time           timestamptz NOT NULL,
    answer_time           timestamptz,
    revision              bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, invoice_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    CHECK (state <> 'disputed' OR comment <> '' AND disputed_amount_cents IS NOT NULL),
    CHECK (state NOT IN ('disputed', 'accepted') OR answer_time IS NOT NULL)
);
COMMENT ON TABLE invoice IS 'kind: party
Invoices of the delegate, with what the check of each line found.';
COMMENT ON COLUMN invoice.lines IS 'Messages InvoiceLine of the contract, as proto3 JSON, in their order.';
COMMENT ON COLUMN invoice.expected_cents IS 'By the fees that held when it was submitted.';
CREATE INDEX invoice_by_delegate ON invoice (delegate_id, delegation_id, invoice_id);
CREATE INDEX invoice_by_period ON invoice (owner_id, delegation_id, end_day);
CREATE UNIQUE INDEX invoice_number ON invoice (owner_id, delegation_id, number) WHERE state <> 'withdrawn';
CALL declare_table('invoice');
GRANT SELECT, INSERT, UPDATE ON invoice TO {request};

CREATE TABLE credit_note (
    owner_id              uuid        NOT NULL,
    delegation_id         uuid        NOT NULL,
    delegate_id           uuid        NOT NULL,
    credit_note_id        uuid        NOT NULL,
    number                integer     NOT NULL CHECK (number > 0),
    state                 text        NOT NULL CHECK (state IN ('issued', 'disputed', 'accepted', 'withdrawn')),
    commitment_id         uuid        NOT NULL,
    start_day             date        NOT NULL,
    end_day               date        NOT NULL CHECK (end_day >= start_day),
    results               jsonb       NOT NULL,
    penalty_cents         bigint      NOT NULL CHECK (penalty_cents >= 0),
    bonus_cents           bigint      NOT NULL CHECK (bonus_cents >= 0 AND penalty_cents + bonus_cents > 0),
    issued_by             text        NOT NULL CHECK (issued_by IN ('insurer', 'delegate')),
    insurer_person_id     uuid,
    insurer_consent_time  timestamptz,
    delegate_person_id    uuid,
    delegate_consent_time timestamptz,
    disputed_by           text        CHECK (disputed_by IN ('insurer', 'delegate')),
    dispute_reason        text        NOT NULL CHECK (char_length(dispute_reason) <= 2000),
    disputed_amount_cents bigint      CHECK (disputed_amount_cents >= 0),
    create_time           timestamptz NOT NULL,
    accept_time           timestamptz,
    content_revision      bigint      NOT NULL CHECK (content_revision > 0),
    revision              bigint      NOT NULL CHECK (revision >= content_revision),
    PRIMARY KEY (owner_id, delegation_id, credit_note_id),
    UNIQUE (owner_id, delegation_id, number),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    -- Nothing two-sided takes effect by one side.
    CHECK (state <> 'accepted' OR insurer_consent_time IS NOT NULL AND delegate_consent_time IS NOT NULL AND accept_time IS NOT NULL),
    CHECK ((state = 'disputed') = (disputed_by IS NOT NULL)),
    CHECK (disputed_by IS NULL OR dispute_reason <> '' AND disputed_amount_cents IS NOT NULL)
);
COMMENT ON TABLE credit_note IS 'kind: party
Credit notes: what the measures of a commitment cost the delegate or earned it in a period.';
COMMENT ON COLUMN credit_note.results IS 'Messages CommitmentResult of the contract, as proto3 JSON: one for each part of the period, each with its cap.';
COMMENT ON COLUMN credit_note.content_revision IS 'The revision of the last change of what is to be accepted: consents hold from there.';
CREATE INDEX credit_note_by_delegate ON credit_note (delegate_id, delegation_id, credit_note_id);
CREATE INDEX credit_note_by_commitment ON credit_note (owner_id, delegation_id, commitment_id, end_day);
CALL declare_table('credit_note');
GRANT SELECT, INSERT, UPDATE ON credit_note TO {request};
