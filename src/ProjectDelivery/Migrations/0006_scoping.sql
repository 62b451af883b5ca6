-- Scoping (cadrage): what the answers to its questions generate, and what people make of it. The four tables have the same first and last
-- columns: origin and origin_key say which answer an item comes from, edited which of its columns people changed, which generating again
-- leaves as they are. An item whose origin went away is retired or, where somebody edited it, orphaned: kept and flagged for people to decide.

CREATE TABLE deliverable (
    owner_id              uuid        NOT NULL,
    delegation_id         uuid        NOT NULL,
    delegate_id           uuid        NOT NULL,
    project_id            uuid        NOT NULL,
    deliverable_id        uuid        NOT NULL,
    origin                text        NOT NULL CHECK (origin IN ('guarantee_grid', 'take_over', 'reports', 'segments', 'functions', 'need')),
    origin_key            text        NOT NULL CHECK (char_length(origin_key) BETWEEN 1 AND 300),
    edited                text[]      NOT NULL,
    state                 text        NOT NULL CHECK (state IN ('active', 'orphaned', 'retired')),
    title                 text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    description           text        NOT NULL CHECK (char_length(description) <= 4000),
    side                  text        NOT NULL CHECK (side IN ('insurer', 'delegate')),
    due_day               date,
    content_revision      bigint      NOT NULL CHECK (content_revision <= revision),
    insurer_person_id     uuid,
    insurer_consent_time  timestamptz,
    delegate_person_id    uuid,
    delegate_consent_time timestamptz,
    create_time           timestamptz NOT NULL,
    update_time           timestamptz NOT NULL,
    revision              bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id, deliverable_id),
    UNIQUE (owner_id, project_id, origin, origin_key),
    CHECK ((insurer_person_id IS NULL) = (insurer_consent_time IS NULL)),
    CHECK ((delegate_person_id IS NULL) = (delegate_consent_time IS NULL)),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id)
);
COMMENT ON TABLE deliverable IS 'kind: party
Deliverables (livrables) of a project.';
COMMENT ON COLUMN deliverable.side IS 'Who makes it.';
COMMENT ON COLUMN deliverable.content_revision IS 'The revision of the last change of what it says: both sides consent to that.';
CREATE INDEX deliverable_by_delegate ON deliverable (delegate_id, project_id, deliverable_id);
CALL declare_table('deliverable');
GRANT SELECT, INSERT, UPDATE ON deliverable TO {request};

CREATE TABLE take_over_lot (
    owner_id              uuid        NOT NULL,
    delegation_id         uuid        NOT NULL,
    delegate_id           uuid        NOT NULL,
    project_id            uuid        NOT NULL,
    lot_id                uuid        NOT NULL,
    origin                text        NOT NULL CHECK (origin IN ('guarantee_grid', 'take_over', 'reports', 'segments', 'functions', 'need')),
    origin_key            text        NOT NULL CHECK (char_length(origin_key) BETWEEN 1 AND 300),
    edited                text[]      NOT NULL,
    state                 text        NOT NULL CHECK (state IN ('active', 'orphaned', 'retired')),
    title                 text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    category              text        NOT NULL,
    source                text        NOT NULL CHECK (char_length(source) BETWEEN 1 AND 200),
    item_count            bigint      NOT NULL CHECK (item_count >= 0),
    amount_cents          bigint      CHECK (amount_cents >= 0),
    personal_data         boolean     NOT NULL,
    create_time           timestamptz NOT NULL,
    update_time           timestamptz NOT NULL,
    revision              bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id, lot_id),
    UNIQUE (owner_id, project_id, origin, origin_key),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id)
);
COMMENT ON TABLE take_over_lot IS 'kind: party
Lots of data to take over (lots de reprise): what the former manager is to hand over, in items and in euros.';
COMMENT ON COLUMN take_over_lot.amount_cents IS 'In cents of a euro; null for data without amounts.';
CREATE INDEX take_over_lot_by_delegate ON take_over_lot (delegate_id, project_id, lot_id);
CALL declare_table('take_over_lot');
GRANT SELECT, INSERT, UPDATE ON take_over_lot TO {request};

CREATE TABLE report_definition (
    owner_id              uuid        NOT NULL,
    delegation_id         uuid        NOT NULL,
    delegate_id           uuid        NOT NULL,
    project_id            uuid        NOT NULL,
    report_id             uuid        NOT NULL,
    origin                text        NOT NULL CHECK (origin IN ('guarantee_grid', 'take_over', 'reports', 'segments', 'functions', 'need')),
    origin_key            text        NOT NULL CHECK (char_length(origin_key) BETWEEN 1 AND 300),
    edited                text[]      NOT NULL,
    state                 text        NOT NULL CHECK (state IN ('active', 'orphaned', 'retired')),
    title                 text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    kind                  text        NOT NULL CHECK (kind IN ('operational', 'technical')),
    periodicity           text        NOT NULL,
    due_days              integer     NOT NULL CHECK (due_days BETWEEN 0 AND 366),
    format                text        NOT NULL,
    recipient             text        NOT NULL CHECK (char_length(recipient) BETWEEN 1 AND 200),
    create_time           timestamptz NOT NULL,
    update_time           timestamptz NOT NULL,
    revision              bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id, report_id),
    UNIQUE (owner_id, project_id, origin, origin_key),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id)
);
COMMENT ON TABLE report_definition IS 'kind: party
Reports (reportings) that the delegate is to deliver.';
COMMENT ON COLUMN report_definition.due_days IS 'How many days after the end of a period its report is due.';
CREATE INDEX report_definition_by_delegate ON report_definition (delegate_id, project_id, report_id);
CALL declare_table('report_definition');
GRANT SELECT, INSERT, UPDATE ON report_definition TO {request};

CREATE TABLE acceptance_case (
    owner_id              uuid        NOT NULL,
    delegation_id         uuid        NOT NULL,
    delegate_id           uuid        NOT NULL,
    project_id            uuid        NOT NULL,
    case_id               uuid        NOT NULL,
    origin                text        NOT NULL CHECK (origin IN ('guarantee_grid', 'take_over', 'reports', 'segments', 'functions', 'need')),
    origin_key            text        NOT NULL CHECK (char_length(origin_key) BETWEEN 1 AND 300),
    edited                text[]      NOT NULL,
    state                 text        NOT NULL CHECK (state IN ('active', 'orphaned', 'retired')),
    title                 text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 300),
    guarantee             text        NOT NULL,
    level                 text        NOT NULL,
    category              text        NOT NULL,
    spent_cents           bigint      NOT NULL CHECK (spent_cents >= 0),
    base_cents            bigint      NOT NULL CHECK (base_cents >= 0),
    amo_rate_ppm          integer     NOT NULL CHECK (amo_rate_ppm BETWEEN 0 AND 1000000),
    amo_cents             bigint      NOT NULL CHECK (amo_cents BETWEEN 0 AND spent_cents),
    expected_cents        bigint      NOT NULL CHECK (expected_cents BETWEEN 0 AND spent_cents - amo_cents),
    formula               text        NOT NULL CHECK (char_length(formula) <= 500),
    create_time           timestamptz NOT NULL,
    update_time           timestamptz NOT NULL,
    revision              bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id, case_id),
    UNIQUE (owner_id, project_id, origin, origin_key),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id)
);
COMMENT ON TABLE acceptance_case IS 'kind: party
Acceptance cases (cas de recette): an act that costs something, and what the guarantee grid says is reimbursed of it.';
COMMENT ON COLUMN acceptance_case.base_cents IS 'What the compulsory scheme computes from (BRSS); all amounts are in cents of a euro.';
COMMENT ON COLUMN acceptance_case.amo_cents IS 'What the compulsory scheme pays.';
COMMENT ON COLUMN acceptance_case.expected_cents IS 'What the complementary one is to pay, by the formula.';
CREATE INDEX acceptance_case_by_delegate ON acceptance_case (delegate_id, project_id, case_id);
CALL declare_table('acceptance_case');
GRANT SELECT, INSERT, UPDATE ON acceptance_case TO {request};
