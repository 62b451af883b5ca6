-- The answers to the five questions of the scoping (cadrage): each version as it was given, and which sides validated it.
CREATE TABLE scoping_answer (
    owner_id              uuid        NOT NULL,
    delegation_id         uuid        NOT NULL,
    delegate_id           uuid        NOT NULL,
    project_id            uuid        NOT NULL,
    answer_id             uuid        NOT NULL,
    question              text        NOT NULL CHECK (question IN ('guarantee_grid', 'take_over', 'reports', 'third_party_segments', 'digital_functions')),
    version               integer     NOT NULL CHECK (version > 0),
    state                 text        NOT NULL CHECK (state IN ('proposed', 'validated', 'superseded')),
    side                  text        NOT NULL CHECK (side IN ('insurer', 'delegate')),
    content               bytea       NOT NULL,
    content_sha256        text        NOT NULL CHECK (content_sha256 ~ '^[0-9a-f]{64}$'),
    insurer_person_id     uuid,
    insurer_consent_time  timestamptz,
    delegate_person_id    uuid,
    delegate_consent_time timestamptz,
    create_time           timestamptz NOT NULL,
    revision              bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id, answer_id),
    UNIQUE (owner_id, project_id, question, version),
    CHECK ((insurer_person_id IS NULL) = (insurer_consent_time IS NULL)),
    CHECK ((delegate_person_id IS NULL) = (delegate_consent_time IS NULL)),
    CHECK (state <> 'validated' OR num_nonnulls(insurer_consent_time, delegate_consent_time) = 2),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id)
);
COMMENT ON TABLE scoping_answer IS 'kind: party
Versions of the answers to the questions of the scoping; what a version says never changes.';
COMMENT ON COLUMN scoping_answer.content IS 'The message ScopingAnswer with its content alone, in the binary form of protobuf.';
CREATE UNIQUE INDEX scoping_answer_in_effect ON scoping_answer (owner_id, project_id, question) WHERE state = 'validated';
CREATE UNIQUE INDEX scoping_answer_proposed ON scoping_answer (owner_id, project_id, question) WHERE state = 'proposed';
CREATE INDEX scoping_answer_by_delegate ON scoping_answer (delegate_id, project_id, answer_id);
CALL declare_table('scoping_answer');
GRANT SELECT, INSERT, UPDATE ON scoping_answer TO {request};

-- The items of the plan that answers generate: actions and milestones of the launch, as they were generated. What differs there now was edited.
CREATE TABLE planned_item (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    project_id    uuid        NOT NULL,
    item_id       uuid        NOT NULL,
    origin        text        NOT NULL CHECK (origin IN ('guarantee_grid', 'take_over', 'reports', 'third_party_segments', 'digital_functions', 'need')),
    origin_key    text        NOT NULL CHECK (char_length(origin_key) BETWEEN 1 AND 300),
    edited        text[]      NOT NULL,
    state         text        NOT NULL CHECK (state IN ('active', 'orphaned', 'retired')),
    kind          text        NOT NULL CHECK (kind IN ('action', 'milestone')),
    title         text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    description   text        NOT NULL CHECK (char_length(description) <= 4000),
    side          text        CHECK (side IN ('insurer', 'delegate')),
    role          text,
    due_day       date        NOT NULL,
    create_time   timestamptz NOT NULL,
    update_time   timestamptz NOT NULL,
    revision      bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id, item_id),
    UNIQUE (owner_id, project_id, origin, origin_key),
    CHECK ((kind = 'action') = (side IS NOT NULL)),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id)
);
COMMENT ON TABLE planned_item IS 'kind: party
Actions and milestones that answers of the scoping generated; item_id is that of the action or goal.';
CREATE INDEX planned_item_by_delegate ON planned_item (delegate_id, project_id, item_id);
CALL declare_table('planned_item');
GRANT SELECT, INSERT, UPDATE ON planned_item TO {request};

-- Origins are called as the questions of the contract are.
ALTER TABLE deliverable DROP CONSTRAINT deliverable_origin_check, ADD CHECK (origin IN ('guarantee_grid', 'take_over', 'reports', 'third_party_segments', 'digital_functions', 'need'));
ALTER TABLE take_over_lot DROP CONSTRAINT take_over_lot_origin_check, ADD CHECK (origin IN ('take_over', 'need'));
ALTER TABLE report_definition DROP CONSTRAINT report_definition_origin_check, ADD CHECK (origin IN ('reports', 'need'));
ALTER TABLE acceptance_case DROP CONSTRAINT acceptance_case_origin_check, ADD CHECK (origin IN ('guarantee_grid', 'need'));

CREATE TABLE scoping_generation (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    project_id    uuid        NOT NULL,
    items_sha256  text        NOT NULL CHECK (items_sha256 ~ '^[0-9a-f]{64}$'),
    update_time   timestamptz NOT NULL,
    revision      bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id)
);
COMMENT ON TABLE scoping_generation IS 'kind: party
How often answers of a project generated something, and the hash of what changed the latest time.';
CREATE INDEX scoping_generation_by_delegate ON scoping_generation (delegate_id, project_id);
CALL declare_table('scoping_generation');
GRANT SELECT, INSERT, UPDATE ON scoping_generation TO {request};
