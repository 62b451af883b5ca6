-- Projects (projets): taking a delegation from its title to operate to the run.
CREATE TABLE project (
    owner_id          uuid        NOT NULL,
    delegation_id     uuid        NOT NULL,
    delegate_id       uuid        NOT NULL,
    project_id        uuid        NOT NULL,
    name              text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    phase             text        NOT NULL CHECK (phase IN ('launch', 'scoping', 'set_up', 'robustness', 'run', 'closed')),
    opening_day       date        NOT NULL,
    target_day        date        CHECK (target_day >= opening_day),
    title_kind        text        NOT NULL CHECK (title_kind IN ('letter_of_engagement', 'contract', 'survival_clause')),
    title_object_id   uuid        NOT NULL,
    title_first_day   date        NOT NULL,
    title_last_day    date        CHECK (title_last_day >= title_first_day),
    title_text_sha256 text        NOT NULL CHECK (title_text_sha256 ~ '^[0-9a-f]{64}$'),
    title_known_time  timestamptz NOT NULL,
    title_revision    bigint      NOT NULL,
    create_time       timestamptz NOT NULL,
    update_time       timestamptz NOT NULL,
    revision          bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE project IS 'kind: party
The project of a delegation; the title columns are what Contracts answered when it was opened.';
CREATE INDEX project_by_delegate ON project (delegate_id, project_id);
-- One project at a time: who opens a second one finds the first.
CREATE UNIQUE INDEX project_in_progress ON project (owner_id, delegation_id) WHERE phase <> 'closed';
CALL declare_table('project');
CALL declare_system_access('project', 'SELECT');
GRANT SELECT, INSERT, UPDATE ON project TO {request};
