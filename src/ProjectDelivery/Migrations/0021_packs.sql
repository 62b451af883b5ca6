-- Packs (dossiers de séance): what was published for a meeting, by version and hash.
CREATE TABLE committee_document (
    owner_id         uuid        NOT NULL,
    delegation_id    uuid        NOT NULL,
    delegate_id      uuid        NOT NULL,
    document_id      uuid        NOT NULL,
    version          integer     NOT NULL CHECK (version > 0),
    kind             text        NOT NULL CHECK (kind IN ('report', 'bulletin')),
    title            text        NOT NULL,
    period_start_day date        NOT NULL,
    period_end_day   date        NOT NULL,
    sha256           text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    publish_time     timestamptz NOT NULL,
    replaced         boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (owner_id, delegation_id, document_id, version),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE committee_document IS 'kind: party
Reports and bulletins that were published, by hash: what Reporting and Watch told.';
COMMENT ON COLUMN committee_document.replaced IS 'A later one took its place.';
CREATE INDEX committee_document_by_time ON committee_document (owner_id, delegation_id, publish_time);
CREATE INDEX committee_document_by_delegate ON committee_document (delegate_id, delegation_id, publish_time);
CALL declare_table('committee_document');
CALL declare_system_access('committee_document', 'SELECT, INSERT, UPDATE');
GRANT SELECT ON committee_document TO {request};

CREATE TABLE meeting_pack (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    committee_id  uuid        NOT NULL,
    meeting_id    uuid        NOT NULL,
    content       bytea       NOT NULL,
    seal_time     timestamptz NOT NULL,
    PRIMARY KEY (owner_id, meeting_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, meeting_id) REFERENCES meeting (owner_id, meeting_id)
);
COMMENT ON TABLE meeting_pack IS 'kind: party
Packs as they were sealed when their meeting began.';
COMMENT ON COLUMN meeting_pack.content IS 'The message Pack.';
CREATE INDEX meeting_pack_by_committee ON meeting_pack (owner_id, committee_id, seal_time);
CREATE INDEX meeting_pack_by_delegate ON meeting_pack (delegate_id, delegation_id);
CALL declare_table('meeting_pack');
CALL declare_system_access('meeting_pack', 'SELECT, INSERT');
GRANT SELECT ON meeting_pack TO {request};

-- Meetings that are planned already have packs too; those planned from now on schedule theirs.
INSERT INTO due (kind, owner_id, object_id, due_time)
SELECT 'meeting.pack', owner_id, meeting_id, start_time FROM meeting WHERE state = 'planned'
ON CONFLICT DO NOTHING;
