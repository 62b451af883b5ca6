-- Cutover (bascule): runbooks as they were planned and as they went, and the take-over of lots, reconciled with what their sources state.
CREATE TABLE cutover (
    owner_id         uuid        NOT NULL,
    delegation_id    uuid        NOT NULL,
    delegate_id      uuid        NOT NULL,
    project_id       uuid        NOT NULL,
    cutover_id       uuid        NOT NULL,
    title            text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    rehearsal        boolean     NOT NULL,
    state            text        NOT NULL CHECK (state IN ('planned', 'running', 'stopped', 'completed', 'rolled_back')),
    start_time       timestamptz NOT NULL,
    steps            jsonb       NOT NULL,
    rolled_back_to   integer,
    rollback_reason  text        CHECK (char_length(rollback_reason) BETWEEN 1 AND 2000),
    rollback_side    text        CHECK (rollback_side IN ('insurer', 'delegate')),
    rollback_time    timestamptz,
    content_revision bigint      NOT NULL CHECK (content_revision <= revision),
    create_time      timestamptz NOT NULL,
    update_time      timestamptz NOT NULL,
    revision         bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id, cutover_id),
    CHECK ((state = 'rolled_back') = (num_nonnulls(rolled_back_to, rollback_reason, rollback_side, rollback_time) = 4)),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id)
);
COMMENT ON TABLE cutover IS 'kind: party
Cutovers and rehearsals of them. steps is the runbook with what happened: it is read, decided on and written whole.';
COMMENT ON COLUMN cutover.content_revision IS 'The revision of the latest change of the runbook or no-go: both sides decide on what it was then.';
CREATE INDEX cutover_by_delegate ON cutover (delegate_id, project_id, cutover_id);
-- One cutover at a time; of rehearsals as many as people like.
CREATE UNIQUE INDEX cutover_in_progress ON cutover (owner_id, project_id) WHERE NOT rehearsal AND state IN ('planned', 'running', 'stopped');
CALL declare_table('cutover');
GRANT SELECT, INSERT, UPDATE ON cutover TO {request};

CREATE TABLE take_over (
    owner_id              uuid        NOT NULL,
    delegation_id         uuid        NOT NULL,
    delegate_id           uuid        NOT NULL,
    project_id            uuid        NOT NULL,
    lot_id                uuid        NOT NULL,
    take_over_id          uuid        NOT NULL,
    dry_run               boolean     NOT NULL,
    state                 text        NOT NULL CHECK (state IN ('started', 'loaded', 'accepted', 'refused')),
    lot_revision          bigint      NOT NULL,
    source                jsonb       NOT NULL,
    loaded                jsonb       NOT NULL,
    gdpr_evidence         text[]      NOT NULL,
    insurer_person_id     uuid,
    insurer_consent_time  timestamptz,
    insurer_reason        text        CHECK (char_length(insurer_reason) <= 2000),
    delegate_person_id    uuid,
    delegate_consent_time timestamptz,
    delegate_reason       text        CHECK (char_length(delegate_reason) <= 2000),
    refusal               text        CHECK (char_length(refusal) BETWEEN 1 AND 2000),
    content_revision      bigint      NOT NULL CHECK (content_revision <= revision),
    create_time           timestamptz NOT NULL,
    update_time           timestamptz NOT NULL,
    revision              bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id, take_over_id),
    CHECK (num_nonnulls(insurer_person_id, insurer_consent_time, insurer_reason) IN (0, 3)),
    CHECK (num_nonnulls(delegate_person_id, delegate_consent_time, delegate_reason) IN (0, 3)),
    CHECK ((state = 'accepted') = (num_nonnulls(insurer_consent_time, delegate_consent_time) = 2)),
    CHECK ((state = 'refused') = (refusal IS NOT NULL)),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id, lot_id) REFERENCES take_over_lot (owner_id, project_id, lot_id)
);
COMMENT ON TABLE take_over IS 'kind: party
Take-overs of lots (reprises): control totals of the source and of what was loaded, and what both sides made of the difference.';
COMMENT ON COLUMN take_over.gdpr_evidence IS 'What answered for the GDPR terms when the data began to move; none for a lot without personal data.';
CREATE INDEX take_over_by_delegate ON take_over (delegate_id, project_id, take_over_id);
CREATE UNIQUE INDEX take_over_in_progress ON take_over (owner_id, project_id, lot_id) WHERE state IN ('started', 'loaded');
CALL declare_table('take_over');
GRANT SELECT, INSERT, UPDATE ON take_over TO {request};
