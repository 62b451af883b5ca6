-- Gates (jalons de passage) between the phases of a project, and overrides (dérogations) of their criteria.

-- The run begins with hypercare.
ALTER TABLE project ADD COLUMN run_stage text CHECK (run_stage IN ('hypercare', 'cruise'));
ALTER TABLE project ADD CHECK (run_stage IS NOT NULL OR phase <> 'run');
ALTER TABLE project ADD CHECK (run_stage IS NULL OR phase IN ('run', 'closed'));

CREATE TABLE gate (
    owner_id            uuid        NOT NULL,
    delegation_id       uuid        NOT NULL,
    delegate_id         uuid        NOT NULL,
    project_id          uuid        NOT NULL,
    gate_id             uuid        NOT NULL,
    gate                text        NOT NULL CHECK (gate IN ('to_scoping', 'to_set_up', 'to_robustness', 'to_run', 'to_cruise', 'to_closed')),
    evidence_sha256     bytea       NOT NULL CHECK (length(evidence_sha256) = 32),
    insurer_person_id   uuid,
    insurer_pass_time   timestamptz,
    delegate_person_id  uuid,
    delegate_pass_time  timestamptz,
    pass_time           timestamptz,
    revision            bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id, gate),
    CHECK ((insurer_person_id IS NULL) = (insurer_pass_time IS NULL)),
    CHECK ((delegate_person_id IS NULL) = (delegate_pass_time IS NULL)),
    CHECK (pass_time IS NULL OR num_nulls(insurer_pass_time, delegate_pass_time) = 0),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id)
);
COMMENT ON TABLE gate IS 'kind: party
A gate that at least one side has passed.';
COMMENT ON COLUMN gate.evidence_sha256 IS 'Of the evidence on which it was passed: a pass counts for no other.';
CREATE INDEX gate_by_delegate ON gate (delegate_id, project_id);
CALL declare_table('gate');
GRANT SELECT, INSERT, UPDATE ON gate TO {request};

-- The evidence on which both sides passed.
CREATE TABLE gate_criterion (
    owner_id      uuid    NOT NULL,
    delegation_id uuid    NOT NULL,
    delegate_id   uuid    NOT NULL,
    project_id    uuid    NOT NULL,
    gate          text    NOT NULL,
    place         integer NOT NULL,
    criterion     text    NOT NULL,
    state         text    NOT NULL CHECK (state IN ('met', 'overridden')),
    found_en      text    NOT NULL,
    found_fr      text    NOT NULL,
    evidence      text[]  NOT NULL,
    override_id   uuid,
    PRIMARY KEY (owner_id, project_id, gate, place),
    CHECK ((state = 'overridden') = (override_id IS NOT NULL)),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id, gate) REFERENCES gate (owner_id, project_id, gate)
);
COMMENT ON TABLE gate_criterion IS 'kind: party
What each criterion of a passed gate found when the second side passed it.';
COMMENT ON COLUMN gate_criterion.evidence IS 'Each the type, the id and the revision of an object that answered, with a blank between them.';
CREATE INDEX gate_criterion_by_delegate ON gate_criterion (delegate_id, project_id);
CALL declare_table('gate_criterion');
GRANT SELECT, INSERT ON gate_criterion TO {request};

CREATE TABLE gate_override (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    project_id    uuid        NOT NULL,
    override_id   uuid        NOT NULL,
    gate          text        NOT NULL CHECK (gate IN ('to_scoping', 'to_set_up', 'to_robustness', 'to_run', 'to_cruise', 'to_closed')),
    criterion     text        NOT NULL,
    reason        text        NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 1000),
    end_day       date        NOT NULL,
    state         text        NOT NULL CHECK (state IN ('proposed', 'in_force', 'expired', 'settled', 'replaced', 'withdrawn')),
    found_en      text        NOT NULL,
    found_fr      text        NOT NULL,
    proposed_by   text        NOT NULL CHECK (proposed_by IN ('insurer', 'delegate')),
    proposer_id   uuid        NOT NULL,
    create_time   timestamptz NOT NULL,
    confirmer_id  uuid,
    confirm_time  timestamptz,
    end_time      timestamptz,
    revision      bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, override_id),
    CHECK ((confirmer_id IS NULL) = (confirm_time IS NULL)),
    CHECK ((state IN ('proposed', 'withdrawn')) = (confirm_time IS NULL)),
    CHECK ((state IN ('proposed', 'in_force')) = (end_time IS NULL)),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id)
);
COMMENT ON TABLE gate_override IS 'kind: party
Agreements of both sides to pass a gate although one of its criteria is not met.';
CREATE INDEX gate_override_by_project ON gate_override (owner_id, project_id, override_id);
CREATE INDEX gate_override_by_delegate ON gate_override (delegate_id, project_id, override_id);
-- Of one criterion one is proposed, and one holds or has to be settled.
CREATE UNIQUE INDEX gate_override_proposed ON gate_override (owner_id, project_id, gate, criterion) WHERE state = 'proposed';
CREATE UNIQUE INDEX gate_override_open ON gate_override (owner_id, project_id, gate, criterion) WHERE state IN ('in_force', 'expired');
CALL declare_table('gate_override');
-- They expire without a caller.
CALL declare_system_access('gate_override', 'SELECT, UPDATE');
GRANT SELECT, INSERT, UPDATE ON gate_override TO {request};
