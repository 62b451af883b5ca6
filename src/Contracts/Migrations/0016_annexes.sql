-- Annexes of the contract (annexes): what is requested, what was handed over, and what the receiving side says of it.
CREATE TABLE annex (
    owner_id            uuid        NOT NULL,
    delegation_id       uuid        NOT NULL,
    delegate_id         uuid        NOT NULL,
    annex_id            uuid        NOT NULL,
    kind                text        NOT NULL CHECK (kind IN ('service_level_agreement', 'cybersecurity_policy', 'csr_charter', 'business_continuity_plan', 'other')),
    title               text        NOT NULL CHECK (char_length(title) <= 200 AND (kind = 'other') = (title <> '')),
    provider            text        NOT NULL CHECK (provider IN ('insurer', 'delegate')),
    departments         text[]      NOT NULL CHECK (cardinality(departments) > 0 AND departments <@ ARRAY['legal', 'purchasing', 'operations', 'compliance']),
    due_day             date        NOT NULL,
    letter_id           uuid,
    state               text        NOT NULL CHECK (state IN ('requested', 'received', 'under_review', 'approved', 'expired')),
    current_version_id  uuid,
    reviews             jsonb       NOT NULL,
    approved_version_id uuid,
    expire_day          date,
    warn_time           timestamptz,
    overdue_time        timestamptz,
    create_time         timestamptz NOT NULL,
    revision            bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, annex_id),
    UNIQUE (owner_id, delegation_id, kind, title),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, letter_id) REFERENCES letter (owner_id, delegation_id, letter_id),
    CHECK ((state = 'requested') = (current_version_id IS NULL)),
    CHECK (state <> 'approved' OR approved_version_id = current_version_id),
    CHECK (approved_version_id IS NOT NULL OR expire_day IS NULL)
);
COMMENT ON TABLE annex IS 'kind: party
Annexes of a delegation.';
COMMENT ON COLUMN annex.current_version_id IS 'The version that was handed over last.';
COMMENT ON COLUMN annex.reviews IS 'What departments said of it: messages AnnexReview as proto3 JSON.';
COMMENT ON COLUMN annex.approved_version_id IS 'The version that is approved and valid, perhaps an earlier one.';
COMMENT ON COLUMN annex.expire_day IS 'Last day of the approved version.';
COMMENT ON COLUMN annex.warn_time IS 'When the platform warned of the expiry of the approved version; null before.';
COMMENT ON COLUMN annex.overdue_time IS 'When the platform found the due day passed without an approved version; null before.';
CREATE INDEX annex_by_delegate ON annex (delegate_id, delegation_id, annex_id);
CALL declare_table('annex');
-- For due days and expiry, which nobody calls.
CALL declare_system_access('annex', 'SELECT, UPDATE');
CREATE INDEX annex_for_deadlines ON annex (owner_id, annex_id);
GRANT SELECT, INSERT, UPDATE ON annex TO {request};

CREATE TABLE annex_version (
    owner_id       uuid        NOT NULL,
    delegation_id  uuid        NOT NULL,
    delegate_id    uuid        NOT NULL,
    annex_id       uuid        NOT NULL,
    version_id     uuid        NOT NULL,
    file_id        uuid        NOT NULL,
    number         integer     NOT NULL CHECK (number >= 0),
    side           text        NOT NULL CHECK (side IN ('insurer', 'delegate')),
    visibility     text        NOT NULL CHECK (visibility IN ('both', side)),
    file_name      text        NOT NULL CHECK (char_length(file_name) BETWEEN 1 AND 200),
    content_type   text        NOT NULL,
    size_bytes     bigint      NOT NULL,
    sha256         text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    expire_day     date,
    person_id      uuid        NOT NULL,
    upload_time    timestamptz NOT NULL,
    hand_over_time timestamptz,
    revision       bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, annex_id, version_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, annex_id) REFERENCES annex (owner_id, delegation_id, annex_id),
    -- The file is seen by whoever sees the version: drafts by their own side.
    FOREIGN KEY (owner_id, delegation_id, file_id, visibility) REFERENCES file (owner_id, delegation_id, file_id, visibility) DEFERRABLE INITIALLY DEFERRED,
    CHECK ((hand_over_time IS NOT NULL) = (visibility = 'both')),
    CHECK ((number > 0) = (visibility = 'both'))
);
COMMENT ON TABLE annex_version IS 'kind: party
Versions of annexes, each one file; a draft is seen by its own side alone.';
COMMENT ON COLUMN annex_version.number IS 'Counts what was handed over, so that it tells nothing of drafts; 0 for a draft.';
CREATE INDEX annex_version_by_delegate ON annex_version (delegate_id, delegation_id, annex_id, version_id);
CREATE UNIQUE INDEX annex_version_number ON annex_version (owner_id, delegation_id, annex_id, number) WHERE number > 0;
CALL declare_table('annex_version');
GRANT SELECT, INSERT, UPDATE ON annex_version TO {request};
