-- Imports (bordereaux): files of the delegate, what became of their lines, and the operations that they tell of.

-- What the columns of a file mean. All revisions are kept: an import is read, and its rejected lines are shown, by the one it was announced with.
CREATE TABLE import_mapping (
    owner_id   uuid        NOT NULL,
    mapping_id uuid        NOT NULL,
    revision   integer     NOT NULL CHECK (revision > 0),
    is_latest  boolean     NOT NULL,
    kind       text        NOT NULL CHECK (kind IN ('operations')),
    name       text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    content    jsonb       NOT NULL,
    PRIMARY KEY (owner_id, mapping_id, revision)
);
COMMENT ON TABLE import_mapping IS 'kind: organisation
What headers and codes of the files of a delegate mean, each revision.';
COMMENT ON COLUMN import_mapping.content IS 'Columns and values as the message ImportMapping in proto3 JSON.';
CREATE UNIQUE INDEX import_mapping_latest ON import_mapping (owner_id, mapping_id) WHERE is_latest;
CREATE UNIQUE INDEX import_mapping_name ON import_mapping (owner_id, kind, name) WHERE is_latest;
CALL declare_table('import_mapping');
GRANT SELECT, INSERT, UPDATE (is_latest) ON import_mapping TO {request};

CREATE TABLE import (
    owner_id              uuid        NOT NULL,
    delegation_id         uuid        NOT NULL,
    delegate_id           uuid        NOT NULL,
    import_id             uuid        NOT NULL,
    kind                  text        NOT NULL CHECK (kind IN ('operations')),
    mode                  text        NOT NULL CHECK (mode IN ('complete', 'replace')),
    state                 text        NOT NULL CHECK (state IN ('waiting', 'applied', 'expired')),
    period_start_day      date        NOT NULL,
    period_end_day        date        NOT NULL CHECK (period_end_day >= period_start_day),
    file_name             text        NOT NULL CHECK (char_length(file_name) BETWEEN 1 AND 200),
    sha256                text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    mapping_id            uuid,
    mapping_revision      integer,
    read_lines            bigint      NOT NULL,
    accepted_lines        bigint      NOT NULL CHECK (accepted_lines >= 0),
    rejected_lines        bigint      NOT NULL CHECK (rejected_lines >= 0),
    open_rejected_lines   bigint      NOT NULL CHECK (open_rejected_lines BETWEEN 0 AND rejected_lines),
    added_lines           bigint      NOT NULL,
    changed_lines         bigint      NOT NULL,
    unchanged_lines       bigint      NOT NULL,
    withdrawn_operations  bigint      NOT NULL,
    reopened_operations   bigint      NOT NULL,
    unknown_columns       text[]      NOT NULL,
    rejections            jsonb       NOT NULL,
    person_id             uuid        NOT NULL,
    create_time           timestamptz NOT NULL,
    apply_time            timestamptz,
    expire_time           timestamptz NOT NULL,
    revision              bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, import_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    -- Nothing is dropped without a word.
    CHECK (read_lines = accepted_lines + rejected_lines),
    CHECK (accepted_lines = added_lines + changed_lines + unchanged_lines),
    CHECK ((mapping_id IS NULL) = (mapping_revision IS NULL)),
    CHECK ((state = 'applied') = (apply_time IS NOT NULL)),
    CHECK (state = 'applied' OR read_lines = 0)
);
COMMENT ON TABLE import IS 'kind: party
Files that the delegate announced, and what became of them.';
COMMENT ON COLUMN import.mapping_id IS 'Of import_mapping, of the delegate; null for the platform''s own names.';
COMMENT ON COLUMN import.rejections IS 'How many lines for which reason: an array of messages Rejections in proto3 JSON.';
-- The same file for the same period, mode and mapping is one import.
CREATE UNIQUE INDEX import_content ON import (owner_id, delegation_id, kind, mode, period_start_day, period_end_day, sha256, mapping_id, mapping_revision)
    NULLS NOT DISTINCT WHERE state <> 'expired';
CREATE INDEX import_by_delegate ON import (delegate_id, delegation_id, import_id);
CALL declare_table('import');
-- For expiry, which nobody calls.
CALL declare_system_access('import', 'SELECT, UPDATE');
CREATE INDEX import_for_expiry ON import (owner_id, import_id);
GRANT SELECT, INSERT, UPDATE ON import TO {request};

CREATE TABLE import_progress (
    owner_id       uuid        NOT NULL,
    delegation_id  uuid        NOT NULL,
    delegate_id    uuid        NOT NULL,
    import_id      uuid        NOT NULL,
    step           text        NOT NULL CHECK (step IN ('receiving', 'reading', 'applying', 'done')),
    received_bytes bigint      NOT NULL,
    read_lines     bigint      NOT NULL,
    update_time    timestamptz NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, import_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, import_id) REFERENCES import (owner_id, delegation_id, import_id)
);
COMMENT ON TABLE import_progress IS 'kind: party
How far uploads are: apart from the imports, which the upload changes at its end in one transaction.';
CREATE INDEX import_progress_by_delegate ON import_progress (delegate_id, delegation_id, import_id);
CALL declare_table('import_progress');
GRANT SELECT, INSERT, UPDATE ON import_progress TO {request};

CREATE TABLE rejected_line (
    owner_id      uuid    NOT NULL,
    delegation_id uuid    NOT NULL,
    delegate_id   uuid    NOT NULL,
    visibility    text    NOT NULL CHECK (visibility = 'delegate'),
    import_id     uuid    NOT NULL,
    line          bigint  NOT NULL,
    reference     text    COLLATE "C",
    fields        text[]  NOT NULL CHECK (cardinality(fields) > 0),
    reasons       text[]  NOT NULL CHECK (cardinality(reasons) = cardinality(fields)),
    cells         text[]  NOT NULL,
    corrected     boolean NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, import_id, line),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, import_id) REFERENCES import (owner_id, delegation_id, import_id)
);
COMMENT ON TABLE rejected_line IS 'kind: party
Lines that were rejected, for the delegate to correct.';
COMMENT ON COLUMN rejected_line.cells IS 'The cells of the columns that the mapping names, as they came.';
COMMENT ON COLUMN rejected_line.corrected IS 'A later import told of the same reference, or replaced the period.';
CREATE INDEX rejected_line_by_delegate ON rejected_line (delegate_id, delegation_id, import_id);
CREATE INDEX rejected_line_open ON rejected_line (owner_id, delegation_id, reference) WHERE NOT corrected;
CALL declare_table('rejected_line');
GRANT SELECT, INSERT, UPDATE (corrected) ON rejected_line TO {request};

CREATE TABLE operation (
    owner_id       uuid        NOT NULL,
    delegation_id  uuid        NOT NULL,
    delegate_id    uuid        NOT NULL,
    operation_id   uuid        NOT NULL,
    reference      text        COLLATE "C" NOT NULL CHECK (char_length(reference) BETWEEN 1 AND 64),
    version        integer     NOT NULL CHECK (version > 0),
    kind           text        NOT NULL,
    receive_day    date        NOT NULL,
    receive_time   timestamptz,
    complete_day   date,
    close_day      date        CHECK (close_day >= receive_day),
    close_time     timestamptz,
    outcome        text        CHECK (outcome IN ('processed', 'refused', 'abandoned')),
    automated      boolean,
    withdrawn      boolean     NOT NULL,
    import_id      uuid        NOT NULL,
    line           bigint      NOT NULL CHECK (line >= 0),
    record_time    timestamptz NOT NULL,
    supersede_time timestamptz CHECK (supersede_time >= record_time),
    PRIMARY KEY (owner_id, delegation_id, reference, version),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, import_id) REFERENCES import (owner_id, delegation_id, import_id),
    CHECK (kind IN ('claim_noemie', 'claim_other', 'quote', 'hospital_cover', 'enrolment', 'card', 'provider_payment', 'call', 'email', 'letter',
                    'complaint', 'termination', 'other')),
    CHECK ((close_day IS NULL) = (outcome IS NULL))
);
COMMENT ON TABLE operation IS 'kind: party
Management operations of the delegate as imports told them: a version for each time that one told otherwise. Versions never change, only their end is set.';
COMMENT ON COLUMN operation.line IS 'Line of the file of its import; 0 where the import told the version by leaving the operation out.';
COMMENT ON COLUMN operation.supersede_time IS 'When the next version came; null for the latest.';
CREATE INDEX operation_by_day ON operation (owner_id, delegation_id, receive_day DESC, operation_id DESC);
CREATE INDEX operation_by_delegate ON operation (delegate_id, delegation_id);
CREATE INDEX operation_open ON operation (owner_id, delegation_id, receive_day DESC, operation_id DESC)
    WHERE supersede_time IS NULL AND close_day IS NULL AND NOT withdrawn;
CALL declare_table('operation');
GRANT SELECT, INSERT, UPDATE (supersede_time) ON operation TO {request};

-- Lines go by COPY into a temporary table, which a table with row-level security does not take, and from there under the policies.
DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO {request}', current_database()); END $$;
