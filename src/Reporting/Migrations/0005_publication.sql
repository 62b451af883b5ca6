-- Publication (publication): when reports are due, what was published, and what the insurer says of it.

-- From when on which report is due, as both sides agreed in the report catalogue of their project.
CREATE TABLE report_calendar (
    owner_id         uuid    NOT NULL,
    delegation_id    uuid    NOT NULL,
    delegate_id      uuid    NOT NULL,
    calendar_id      uuid    NOT NULL,
    project_id       uuid    NOT NULL,
    kind             text    NOT NULL CHECK (kind IN ('technical', 'operational')),
    title            text    NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    periodicity      text    NOT NULL CHECK (periodicity IN ('each_week', 'each_month', 'each_quarter', 'each_half_year', 'each_year')),
    due_days         integer NOT NULL CHECK (due_days >= 0),
    counting         text    NOT NULL CHECK (counting IN ('calendar_days', 'ouvres', 'ouvrables')),
    next_period_day  date    NOT NULL,
    ended            boolean NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, calendar_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE report_calendar IS 'kind: party
From when on which report is due. Written by what follows ProjectDelivery.';
COMMENT ON COLUMN report_calendar.calendar_id IS 'The report definition of ProjectDelivery.';
COMMENT ON COLUMN report_calendar.next_period_day IS 'First day of the first period of which no report is in the table report.';
COMMENT ON COLUMN report_calendar.ended IS 'No longer in the catalogue: nothing falls due any more.';
CREATE INDEX report_calendar_by_delegate ON report_calendar (delegate_id, delegation_id);
CALL declare_table('report_calendar');
CALL declare_system_access('report_calendar', 'SELECT, INSERT, UPDATE');
GRANT SELECT ON report_calendar TO {request};

ALTER TABLE report
    ADD calendar_id uuid,
    ADD title       text    NOT NULL DEFAULT '',
    ADD version     integer NOT NULL DEFAULT 0 CHECK (version >= 0),
    ADD acceptance  text    NOT NULL DEFAULT 'unspecified' CHECK (acceptance IN ('unspecified', 'waiting', 'accepted', 'disputed')),
    ADD late_time   timestamptz,
    ADD revision    bigint  NOT NULL DEFAULT 1;
COMMENT ON COLUMN report.calendar_id IS 'Of report_calendar.';
COMMENT ON COLUMN report.version IS 'The latest that was published; 0 before.';
COMMENT ON COLUMN report.publish_time IS 'Of the first version.';
COMMENT ON COLUMN report.late_time IS 'Since when it was late; null when it never was.';
CREATE UNIQUE INDEX report_by_calendar ON report (owner_id, delegation_id, calendar_id, period_start_day);
-- For what falls due and turns late, which nobody calls.
CALL declare_system_access('report', 'SELECT, INSERT, UPDATE');
CREATE INDEX report_for_lateness ON report (owner_id, report_id);
GRANT UPDATE ON report TO {request};

CREATE TABLE report_version (
    owner_id         uuid        NOT NULL,
    delegation_id    uuid        NOT NULL,
    delegate_id      uuid        NOT NULL,
    report_id        uuid        NOT NULL,
    version          integer     NOT NULL CHECK (version > 0),
    valuation_day    date        NOT NULL,
    content          bytea       NOT NULL,
    sha256           text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size_bytes       bigint      NOT NULL CHECK (size_bytes > 0),
    line_count       bigint      NOT NULL CHECK (line_count >= 0),
    difference_count bigint      NOT NULL CHECK (difference_count >= 0),
    reason           text        NOT NULL CHECK (char_length(reason) <= 500),
    person_id        uuid        NOT NULL,
    publish_time     timestamptz NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, report_id, version),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, report_id) REFERENCES report (owner_id, delegation_id, report_id),
    CHECK ((version = 1) = (reason = ''))
);
COMMENT ON TABLE report_version IS 'kind: party
Reports as they were published, which never change.';
COMMENT ON COLUMN report_version.content IS 'The message ReportContent; the lines of its tables are in report_chunk.';
COMMENT ON COLUMN report_version.sha256 IS 'Of its JSON form, which is made from content and lines.';
CREATE INDEX report_version_by_delegate ON report_version (delegate_id, delegation_id, report_id);
CALL declare_table('report_version');
GRANT SELECT, INSERT ON report_version TO {request};

CREATE TABLE report_chunk (
    owner_id      uuid    NOT NULL,
    delegation_id uuid    NOT NULL,
    delegate_id   uuid    NOT NULL,
    report_id     uuid    NOT NULL,
    version       integer NOT NULL,
    part          text    COLLATE "C" NOT NULL,
    first_line    bigint  NOT NULL CHECK (first_line >= 0),
    line_count    integer NOT NULL CHECK (line_count > 0),
    content       bytea   NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, report_id, version, part, first_line),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, report_id) REFERENCES report (owner_id, delegation_id, report_id)
);
COMMENT ON TABLE report_chunk IS 'kind: party
Lines of the tables of published reports, some hundred in a row, in their order.';
COMMENT ON COLUMN report_chunk.part IS 'The key of the table; empty for the differences from the version before.';
COMMENT ON COLUMN report_chunk.first_line IS 'How many lines come before.';
COMMENT ON COLUMN report_chunk.content IS 'A message ListReportLinesResponse or ListReportDifferencesResponse with the lines alone.';
CREATE INDEX report_chunk_by_delegate ON report_chunk (delegate_id, delegation_id, report_id);
CALL declare_table('report_chunk');
GRANT SELECT, INSERT ON report_chunk TO {request};

CREATE TABLE report_dispute (
    owner_id            uuid        NOT NULL,
    delegation_id       uuid        NOT NULL,
    delegate_id         uuid        NOT NULL,
    report_id           uuid        NOT NULL,
    dispute_id          uuid        NOT NULL,
    version             integer     NOT NULL,
    table_key           text        NOT NULL,
    line_key            text        NOT NULL,
    column_key          text        NOT NULL,
    published           bigint,
    claimed             bigint      NOT NULL,
    reason              text        NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 2000),
    person_id           uuid        NOT NULL,
    dispute_time        timestamptz NOT NULL,
    insurer_resolution  text        NOT NULL DEFAULT 'unspecified',
    delegate_resolution text        NOT NULL DEFAULT 'unspecified',
    resolve_time        timestamptz,
    PRIMARY KEY (owner_id, delegation_id, report_id, dispute_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, report_id, version) REFERENCES report_version (owner_id, delegation_id, report_id, version),
    CHECK (insurer_resolution IN ('unspecified', 'published_stands', 'claimed_holds', 'both_kept')),
    CHECK (delegate_resolution IN ('unspecified', 'published_stands', 'claimed_holds', 'both_kept')),
    CHECK ((resolve_time IS NOT NULL) = (insurer_resolution = delegate_resolution AND insurer_resolution <> 'unspecified'))
);
COMMENT ON TABLE report_dispute IS 'kind: party
Figures that the insurer disputes, with both values.';
COMMENT ON COLUMN report_dispute.line_key IS 'Empty for the total of the column.';
CREATE INDEX report_dispute_by_delegate ON report_dispute (delegate_id, delegation_id, report_id);
CALL declare_table('report_dispute');
GRANT SELECT, INSERT, UPDATE (insurer_resolution, delegate_resolution, resolve_time) ON report_dispute TO {request};
