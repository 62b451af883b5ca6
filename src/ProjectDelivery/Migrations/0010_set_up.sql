-- Set-up (mise en place): the report catalogue that both sides agree on, and test deliveries of its reports.
CREATE TABLE report_calendar (
    owner_id         uuid   NOT NULL,
    delegation_id    uuid   NOT NULL,
    delegate_id      uuid   NOT NULL,
    project_id       uuid   NOT NULL,
    report_id        uuid   NOT NULL,
    first_period_day date   NOT NULL,
    counting         text   NOT NULL CHECK (counting IN ('calendar_days', 'ouvres', 'ouvrables')),
    revision         bigint NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id, report_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id, report_id) REFERENCES report_definition (owner_id, project_id, report_id)
);
COMMENT ON TABLE report_calendar IS 'kind: party
When the reports of a project begin, and how days are counted until they are due.';
CREATE INDEX report_calendar_by_delegate ON report_calendar (delegate_id, project_id);
CALL declare_table('report_calendar');
GRANT SELECT, INSERT, UPDATE ON report_calendar TO {request};

CREATE TABLE report_catalogue (
    owner_id              uuid        NOT NULL,
    delegation_id         uuid        NOT NULL,
    delegate_id           uuid        NOT NULL,
    project_id            uuid        NOT NULL,
    catalogue_id          uuid        NOT NULL,
    content_sha256        bytea       NOT NULL CHECK (length(content_sha256) = 32),
    insurer_person_id     uuid,
    insurer_consent_time  timestamptz,
    delegate_person_id    uuid,
    delegate_consent_time timestamptz,
    revision              bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id),
    CHECK ((insurer_person_id IS NULL) = (insurer_consent_time IS NULL)),
    CHECK ((delegate_person_id IS NULL) = (delegate_consent_time IS NULL)),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id)
);
COMMENT ON TABLE report_catalogue IS 'kind: party
Which content of the report catalogue of a project the sides agreed to.';
COMMENT ON COLUMN report_catalogue.content_sha256 IS 'Of the reports and calendars at their revisions: an agreement counts for no other content.';
CREATE INDEX report_catalogue_by_delegate ON report_catalogue (delegate_id, project_id);
CALL declare_table('report_catalogue');
GRANT SELECT, INSERT, UPDATE ON report_catalogue TO {request};

CREATE TABLE test_delivery (
    owner_id             uuid        NOT NULL,
    delegation_id        uuid        NOT NULL,
    delegate_id          uuid        NOT NULL,
    project_id           uuid        NOT NULL,
    test_delivery_id     uuid        NOT NULL,
    report_id            uuid        NOT NULL,
    report_revision      bigint      NOT NULL,
    number               integer     NOT NULL CHECK (number > 0),
    period_first_day     date        NOT NULL,
    period_last_day      date        NOT NULL CHECK (period_last_day >= period_first_day),
    file_name            text        NOT NULL CHECK (char_length(file_name) BETWEEN 1 AND 200),
    file_sha256          text        NOT NULL CHECK (file_sha256 ~ '^[0-9a-f]{64}$'),
    state                text        NOT NULL CHECK (state IN ('delivered', 'different', 'agreed', 'replaced')),
    insurer_accept_time  timestamptz,
    delegate_accept_time timestamptz,
    create_time          timestamptz NOT NULL,
    agree_time           timestamptz,
    revision             bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, test_delivery_id),
    UNIQUE (owner_id, project_id, report_id, number),
    CHECK ((state = 'agreed') = (agree_time IS NOT NULL)),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id, report_id) REFERENCES report_definition (owner_id, project_id, report_id)
);
COMMENT ON TABLE test_delivery IS 'kind: party
Test deliveries (remises à blanc) of reports, of which both sides say what they count.';
CREATE INDEX test_delivery_by_project ON test_delivery (owner_id, project_id, test_delivery_id);
CREATE INDEX test_delivery_by_delegate ON test_delivery (delegate_id, project_id, test_delivery_id);
CALL declare_table('test_delivery');
GRANT SELECT, INSERT, UPDATE ON test_delivery TO {request};

CREATE TABLE test_delivery_line (
    owner_id         uuid   NOT NULL,
    delegation_id    uuid   NOT NULL,
    delegate_id      uuid   NOT NULL,
    test_delivery_id uuid   NOT NULL,
    label            text   NOT NULL CHECK (char_length(label) <= 200),
    insurer_count    bigint CHECK (insurer_count >= 0),
    insurer_cents    bigint,
    delegate_count   bigint CHECK (delegate_count >= 0),
    delegate_cents   bigint,
    explanation      text   NOT NULL CHECK (char_length(explanation) <= 1000),
    explained_by     text   CHECK (explained_by IN ('insurer', 'delegate')),
    PRIMARY KEY (owner_id, test_delivery_id, label),
    CHECK (num_nonnulls(insurer_count, delegate_count) > 0),
    CHECK ((explanation = '') = (explained_by IS NULL)),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, test_delivery_id) REFERENCES test_delivery (owner_id, test_delivery_id)
);
COMMENT ON TABLE test_delivery_line IS 'kind: party
What both sides count in a test delivery, by label; the line without label is the rows of the whole file.';
COMMENT ON COLUMN test_delivery_line.insurer_cents IS 'In cents of a euro; null for what has no amount.';
CREATE INDEX test_delivery_line_by_delegate ON test_delivery_line (delegate_id, test_delivery_id);
CALL declare_table('test_delivery_line');
GRANT SELECT, INSERT, UPDATE, DELETE ON test_delivery_line TO {request};
