-- Hypercare (suivi rapproché): terms of exit, checks of the first operations, adjustments, release of the project team.
CREATE TABLE hypercare (
    owner_id              uuid        NOT NULL,
    delegation_id         uuid        NOT NULL,
    delegate_id           uuid        NOT NULL,
    project_id            uuid        NOT NULL,
    observe_days          integer     NOT NULL CHECK (observe_days BETWEEN 1 AND 366),
    window_days           integer     NOT NULL CHECK (window_days BETWEEN 1 AND 92),
    least_closed_percent  integer     NOT NULL CHECK (least_closed_percent BETWEEN 0 AND 200),
    most_working_days     integer     NOT NULL CHECK (most_working_days BETWEEN 1 AND 366),
    first_operations      integer     NOT NULL CHECK (first_operations BETWEEN 0 AND 1000),
    terms_revision        bigint      NOT NULL CHECK (terms_revision >= 0),
    insurer_agree_time    timestamptz,
    delegate_agree_time   timestamptz,
    insurer_release_time  timestamptz,
    delegate_release_time timestamptz,
    release_time          timestamptz,
    revision              bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id),
    CHECK ((release_time IS NOT NULL) = (num_nulls(insurer_release_time, delegate_release_time) = 0)),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id)
);
COMMENT ON TABLE hypercare IS 'kind: party
What the parties agreed on for leaving the hypercare of a project, and the release of its team. A project without row has the terms of the platform.';
COMMENT ON COLUMN hypercare.terms_revision IS 'Counts the changes of the terms: what a side agrees to.';
CREATE INDEX hypercare_by_delegate ON hypercare (delegate_id, project_id);
CALL declare_table('hypercare');
GRANT SELECT, INSERT, UPDATE ON hypercare TO {request};

CREATE TABLE adjustment (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    project_id    uuid        NOT NULL,
    adjustment_id uuid        NOT NULL,
    title         text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    description   text        NOT NULL CHECK (char_length(description) <= 4000),
    side          text        NOT NULL CHECK (side IN ('insurer', 'delegate')),
    due_day       date        NOT NULL,
    state         text        NOT NULL CHECK (state IN ('open', 'applied', 'confirmed', 'withdrawn')),
    opened_by     text        NOT NULL CHECK (opened_by IN ('insurer', 'delegate')),
    note          text        NOT NULL CHECK (char_length(note) <= 1000),
    create_time   timestamptz NOT NULL,
    update_time   timestamptz NOT NULL,
    revision      bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id, adjustment_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id)
);
COMMENT ON TABLE adjustment IS 'kind: party
What the first operations of the run call for: made by one side, confirmed by the other.';
CREATE INDEX adjustment_by_delegate ON adjustment (delegate_id, project_id, adjustment_id);
-- The minutes of a committee say how many are open in its delegation.
CREATE INDEX adjustment_open ON adjustment (owner_id, delegation_id) WHERE state IN ('open', 'applied');
CALL declare_table('adjustment');
GRANT SELECT, INSERT, UPDATE ON adjustment TO {request};

CREATE TABLE operation_check (
    owner_id          uuid        NOT NULL,
    delegation_id     uuid        NOT NULL,
    delegate_id       uuid        NOT NULL,
    project_id        uuid        NOT NULL,
    check_id          uuid        NOT NULL,
    reference         text        NOT NULL CHECK (char_length(reference) BETWEEN 1 AND 64),
    operation_id      uuid        NOT NULL,
    operation_version integer     NOT NULL CHECK (operation_version > 0),
    verdict           text        NOT NULL CHECK (verdict IN ('right', 'wrong')),
    note              text        NOT NULL CHECK (char_length(note) <= 1000),
    adjustment_id     uuid,
    side              text        NOT NULL CHECK (side IN ('insurer', 'delegate')),
    person_id         uuid        NOT NULL,
    check_time        timestamptz NOT NULL,
    revision          bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id, check_id),
    UNIQUE (owner_id, project_id, reference),
    CHECK (verdict = 'right' OR note <> ''),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id),
    FOREIGN KEY (owner_id, project_id, adjustment_id) REFERENCES adjustment (owner_id, project_id, adjustment_id)
);
COMMENT ON TABLE operation_check IS 'kind: party
First operations that people looked at, one by one, with the version that Reporting answered.';
CREATE INDEX operation_check_by_delegate ON operation_check (delegate_id, project_id, check_id);
CALL declare_table('operation_check');
GRANT SELECT, INSERT, UPDATE ON operation_check TO {request};
