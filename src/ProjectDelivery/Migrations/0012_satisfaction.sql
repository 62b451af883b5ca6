-- Satisfaction (satisfaction) of both sides and of the insurer's customers, and whether those stay (fidélisation). A period is a month 2026-03, a
-- quarter 2026-Q1 or a year 2026; period_kind and first_day say the same for lists.

CREATE TABLE satisfaction (
    owner_id        uuid        NOT NULL,
    delegation_id   uuid        NOT NULL,
    delegate_id     uuid        NOT NULL,
    satisfaction_id uuid        NOT NULL,
    period          text        NOT NULL,
    period_kind     text        NOT NULL CHECK (period_kind IN ('month', 'quarter', 'year')),
    first_day       date        NOT NULL,
    side            text        NOT NULL CHECK (side IN ('insurer', 'delegate')),
    visibility      text        NOT NULL CHECK (visibility = CASE WHEN share_time IS NULL THEN side ELSE 'both' END),
    scores          jsonb       NOT NULL,
    give_time       timestamptz NOT NULL,
    share_time      timestamptz,
    revision        bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, period, side),
    UNIQUE (owner_id, satisfaction_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE satisfaction IS 'kind: party
What each side thinks of the other in a period: its own until share_time.';
COMMENT ON COLUMN satisfaction.scores IS 'The scores of the message SideSatisfaction, as proto3 JSON of one with nothing else in it.';
CREATE INDEX satisfaction_by_delegate ON satisfaction (delegate_id, delegation_id, period, side);
CREATE INDEX satisfaction_by_day ON satisfaction (owner_id, delegation_id, period_kind, first_day);
CALL declare_table('satisfaction');
CALL declare_system_access('satisfaction', 'SELECT, UPDATE');
GRANT SELECT, INSERT, UPDATE ON satisfaction TO {request};

CREATE TABLE survey_import (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    import_id     uuid        NOT NULL,
    side          text        NOT NULL CHECK (side IN ('insurer', 'delegate')),
    person_id     uuid        NOT NULL,
    file_name     text        NOT NULL CHECK (char_length(file_name) BETWEEN 1 AND 200),
    sha256        text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    result_count  integer     NOT NULL CHECK (result_count > 0),
    import_time   timestamptz NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, import_id),
    UNIQUE (owner_id, delegation_id, sha256),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE survey_import IS 'kind: party
Files with results of surveys among the insurer''s customers, each once.';
CREATE INDEX survey_import_by_delegate ON survey_import (delegate_id, delegation_id, import_id);
CALL declare_table('survey_import');
GRANT SELECT, INSERT ON survey_import TO {request};

CREATE TABLE survey_result (
    owner_id      uuid          NOT NULL,
    delegation_id uuid          NOT NULL,
    delegate_id   uuid          NOT NULL,
    import_id     uuid          NOT NULL,
    place         integer       NOT NULL CHECK (place > 0),
    period        text          NOT NULL,
    period_kind   text          NOT NULL CHECK (period_kind IN ('month', 'quarter', 'year')),
    first_day     date          NOT NULL,
    theme         text          NOT NULL,
    question      text          NOT NULL CHECK (char_length(question) <= 200),
    answers       bigint        NOT NULL CHECK (answers > 0),
    mean          double precision CHECK (mean BETWEEN 0 AND 10),
    nps           double precision CHECK (nps BETWEEN -100 AND 100),
    scores        bigint[]      CHECK (cardinality(scores) = 11),
    PRIMARY KEY (owner_id, delegation_id, import_id, place),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, import_id) REFERENCES survey_import (owner_id, delegation_id, import_id)
);
COMMENT ON TABLE survey_result IS 'kind: party
Results of surveys: figures of many, never of somebody. Of a period, theme and question that several files have, that of the latest one counts.';
COMMENT ON COLUMN survey_result.scores IS 'How many gave each score from 0 to 10.';
CREATE INDEX survey_result_by_delegate ON survey_result (delegate_id, delegation_id, period_kind, first_day);
CREATE INDEX survey_result_by_day ON survey_result (owner_id, delegation_id, period_kind, first_day, theme, question, import_id DESC);
CALL declare_table('survey_result');
GRANT SELECT, INSERT ON survey_result TO {request};

CREATE TABLE retention (
    owner_id           uuid        NOT NULL,
    delegation_id      uuid        NOT NULL,
    delegate_id        uuid        NOT NULL,
    retention_id       uuid        NOT NULL,
    period             text        NOT NULL,
    period_kind        text        NOT NULL CHECK (period_kind IN ('month', 'quarter', 'year')),
    first_day          date        NOT NULL,
    unit               text        NOT NULL CHECK (unit IN ('members', 'contracts')),
    customers_at_start bigint      NOT NULL CHECK (customers_at_start >= 0),
    lost               bigint      NOT NULL CHECK (lost BETWEEN 0 AND customers_at_start),
    won                bigint      NOT NULL CHECK (won >= 0),
    update_time        timestamptz NOT NULL,
    revision           bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, period, unit),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE retention IS 'kind: party
How many customers there were at the start of a period, and how many were lost and won in it.';
CREATE INDEX retention_by_delegate ON retention (delegate_id, delegation_id, period, unit);
CREATE INDEX retention_by_day ON retention (owner_id, delegation_id, period_kind, first_day);
CALL declare_table('retention');
GRANT SELECT, INSERT, UPDATE ON retention TO {request};
