-- Commitments (engagements de service) as Contracts tells them, and what was measured of them.
CREATE TABLE commitment_version (
    owner_id              uuid    NOT NULL,
    delegation_id         uuid    NOT NULL,
    delegate_id           uuid    NOT NULL,
    commitment_id         uuid    NOT NULL,
    commitment_version_id uuid    NOT NULL,
    number                integer NOT NULL CHECK (number > 0),
    first_day             date    NOT NULL,
    last_day              date,
    terms                 jsonb   NOT NULL,
    revision              bigint  NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, commitment_version_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE commitment_version IS 'kind: party
Projection of the versions of commitments that both sides validated. Written by what follows Contracts.';
COMMENT ON COLUMN commitment_version.last_day IS 'Also the day before another version took its place; before first_day where that held from the start.';
COMMENT ON COLUMN commitment_version.terms IS 'The message CommitmentTerms of Contracts, as proto3 JSON.';
CREATE INDEX commitment_version_by_delegate ON commitment_version (delegate_id, delegation_id);
CALL declare_table('commitment_version');
CALL declare_system_access('commitment_version', 'SELECT, INSERT, UPDATE');
GRANT SELECT ON commitment_version TO {request};

CREATE TABLE neutralised_period (
    owner_id         uuid NOT NULL,
    delegation_id    uuid NOT NULL,
    delegate_id      uuid NOT NULL,
    neutralisation_id uuid NOT NULL,
    commitment_id    uuid,
    first_day        date NOT NULL,
    last_day         date NOT NULL CHECK (last_day >= first_day),
    reason           text NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, neutralisation_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE neutralised_period IS 'kind: party
Projection of the periods that both sides agreed not to count. Written by what follows Contracts.';
COMMENT ON COLUMN neutralised_period.commitment_id IS 'Null for all commitments.';
CREATE INDEX neutralised_period_by_delegate ON neutralised_period (delegate_id, delegation_id);
CALL declare_table('neutralised_period');
CALL declare_system_access('neutralised_period', 'SELECT, INSERT');
GRANT SELECT ON neutralised_period TO {request};

CREATE TABLE operation_mark (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    reference     text        COLLATE "C" NOT NULL CHECK (char_length(reference) BETWEEN 1 AND 64),
    mark          text        NOT NULL CHECK (mark IN ('event', 'pause', 'exclusion')),
    code          text        NOT NULL,
    mark_time     timestamptz NOT NULL,
    end_time      timestamptz CHECK (end_time >= mark_time),
    person_id     uuid        NOT NULL,
    tell_time     timestamptz NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, reference, mark, code, mark_time),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    CHECK (end_time IS NULL OR mark = 'pause')
);
COMMENT ON TABLE operation_mark IS 'kind: party
Pauses, exclusions and events of operations (jalons) that the delegate told besides its imports.';
CREATE INDEX operation_mark_by_delegate ON operation_mark (delegate_id, delegation_id);
CALL declare_table('operation_mark');
GRANT SELECT, INSERT, UPDATE (end_time, person_id, tell_time) ON operation_mark TO {request};

CREATE TABLE commitment_measure (
    owner_id         uuid        NOT NULL,
    delegation_id    uuid        NOT NULL,
    delegate_id      uuid        NOT NULL,
    measure_id       uuid        NOT NULL,
    commitment_id    uuid        NOT NULL,
    version_id       uuid        NOT NULL,
    period_start_day date        NOT NULL,
    period_end_day   date        NOT NULL CHECK (period_end_day >= period_start_day),
    part             integer     NOT NULL CHECK (part >= 0),
    number           integer     NOT NULL CHECK (number > 0),
    is_latest        boolean     NOT NULL,
    is_breached      boolean     NOT NULL,
    content          jsonb       NOT NULL,
    record_time      timestamptz NOT NULL,
    revision         bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, measure_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE commitment_measure IS 'kind: party
What was measured of a commitment in a part of one of its periods, each time that it was recorded and differed from the time before.';
COMMENT ON COLUMN commitment_measure.part IS 'Counts the parts of the period that were measured, from 0.';
COMMENT ON COLUMN commitment_measure.content IS 'The message CommitmentMeasure, as proto3 JSON.';
CREATE UNIQUE INDEX commitment_measure_latest ON commitment_measure (owner_id, delegation_id, commitment_id, period_start_day, period_end_day, part) WHERE is_latest;
CREATE INDEX commitment_measure_by_period ON commitment_measure (owner_id, delegation_id, period_end_day DESC, measure_id DESC) WHERE is_latest;
CREATE INDEX commitment_measure_by_delegate ON commitment_measure (delegate_id, delegation_id);
CALL declare_table('commitment_measure');
GRANT SELECT, INSERT, UPDATE (is_latest, is_breached, content, revision) ON commitment_measure TO {request};

CREATE TABLE late_operation (
    owner_id           uuid        NOT NULL,
    delegation_id      uuid        NOT NULL,
    delegate_id        uuid        NOT NULL,
    measure_id         uuid        NOT NULL,
    place              integer     NOT NULL CHECK (place >= 0),
    reference          text        COLLATE "C" NOT NULL,
    start_day          date        NOT NULL,
    start_time         timestamptz,
    stop_day           date,
    stop_time          timestamptz,
    elapsed_hundredths bigint,
    PRIMARY KEY (owner_id, delegation_id, measure_id, place),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, measure_id) REFERENCES commitment_measure (owner_id, delegation_id, measure_id)
);
COMMENT ON TABLE late_operation IS 'kind: party
The operations that were late for a measure, as it found them.';
CREATE INDEX late_operation_by_delegate ON late_operation (delegate_id, delegation_id);
CALL declare_table('late_operation');
GRANT SELECT, INSERT ON late_operation TO {request};
