-- Workshops (ateliers) of the scoping, and the needs (besoins) that they bring out.
CREATE TABLE workshop (
    owner_id         uuid        NOT NULL,
    delegation_id    uuid        NOT NULL,
    delegate_id      uuid        NOT NULL,
    project_id       uuid        NOT NULL,
    workshop_id      uuid        NOT NULL,
    state            text        NOT NULL CHECK (state IN ('planned', 'held', 'cancelled')),
    title            text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    start_time       timestamptz NOT NULL,
    place            text        NOT NULL CHECK (char_length(place) <= 500),
    points           text[]      NOT NULL CHECK (cardinality(points) > 0),
    insurer_people   uuid[]      NOT NULL,
    delegate_people  uuid[]      NOT NULL,
    record           text        NOT NULL CHECK (char_length(record) <= 20000),
    create_time      timestamptz NOT NULL,
    update_time      timestamptz NOT NULL,
    revision         bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id, workshop_id),
    CHECK ((state = 'held') = (record <> '')),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id)
);
COMMENT ON TABLE workshop IS 'kind: party
Workshops of a project: who of both sides takes part, what is on the agenda, and what it came to.';
CREATE INDEX workshop_by_delegate ON workshop (delegate_id, project_id, workshop_id);
CALL declare_table('workshop');
GRANT SELECT, INSERT, UPDATE ON workshop TO {request};

CREATE TABLE need (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    project_id    uuid        NOT NULL,
    need_id       uuid        NOT NULL,
    workshop_id   uuid        NOT NULL,
    title         text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    description   text        NOT NULL CHECK (char_length(description) <= 4000),
    side          text        NOT NULL CHECK (side IN ('insurer', 'delegate')),
    state         text        NOT NULL CHECK (state IN ('raised', 'accepted', 'refused', 'deferred')),
    decision      bytea,
    deferred_day  date,
    proposed      bytea,
    proposed_by   text        CHECK (proposed_by IN ('insurer', 'delegate')),
    result_type   text        CHECK (result_type IN ('deliverable', 'action')),
    result_id     uuid,
    create_time   timestamptz NOT NULL,
    update_time   timestamptz NOT NULL,
    revision      bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id, need_id),
    CHECK ((state = 'raised') = (decision IS NULL)),
    CHECK ((state = 'deferred') = (deferred_day IS NOT NULL)),
    CHECK ((state = 'accepted') = (result_id IS NOT NULL)),
    CHECK ((proposed IS NULL) = (proposed_by IS NULL)),
    CHECK ((result_id IS NULL) = (result_type IS NULL)),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id),
    FOREIGN KEY (owner_id, project_id, workshop_id) REFERENCES workshop (owner_id, project_id, workshop_id)
);
COMMENT ON TABLE need IS 'kind: party
Needs that workshops brought out; decision is in effect, proposed waits for the other side. Both are the message NeedDecision in the binary form of protobuf.';
COMMENT ON COLUMN need.deferred_day IS 'The last day to decide it again.';
CREATE INDEX need_by_delegate ON need (delegate_id, project_id, need_id);
CALL declare_table('need');
GRANT SELECT, INSERT, UPDATE ON need TO {request};
