-- The calendar (calendrier) of a project: which milestone comes after which, and what both sides agreed on.
CREATE TABLE milestone_dependency (
    owner_id      uuid    NOT NULL,
    delegation_id uuid    NOT NULL,
    delegate_id   uuid    NOT NULL,
    project_id    uuid    NOT NULL,
    goal_id       uuid    NOT NULL,
    after_goal_id uuid    NOT NULL CHECK (after_goal_id <> goal_id),
    lag_days      integer NOT NULL CHECK (lag_days BETWEEN 0 AND 250),
    PRIMARY KEY (owner_id, project_id, goal_id, after_goal_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id, goal_id) REFERENCES goal (owner_id, project_id, goal_id),
    FOREIGN KEY (owner_id, project_id, after_goal_id) REFERENCES goal (owner_id, project_id, goal_id)
);
COMMENT ON TABLE milestone_dependency IS 'kind: party
A milestone is reached so many working days after another, or later.';
CREATE INDEX milestone_dependency_by_delegate ON milestone_dependency (delegate_id, project_id);
CALL declare_table('milestone_dependency');
GRANT SELECT, INSERT, DELETE ON milestone_dependency TO {request};

CREATE TABLE project_calendar (
    owner_id              uuid        NOT NULL,
    delegation_id         uuid        NOT NULL,
    delegate_id           uuid        NOT NULL,
    project_id            uuid        NOT NULL,
    version               integer     NOT NULL CHECK (version >= 0),
    agreed_sha256         text,
    insurer_sha256        text,
    insurer_consent_time  timestamptz,
    delegate_sha256       text,
    delegate_consent_time timestamptz,
    revision              bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id),
    CHECK ((version > 0) = (agreed_sha256 IS NOT NULL)),
    CHECK ((insurer_sha256 IS NULL) = (insurer_consent_time IS NULL)),
    CHECK ((delegate_sha256 IS NULL) = (delegate_consent_time IS NULL)),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id)
);
COMMENT ON TABLE project_calendar IS 'kind: party
What the parties agreed on of the calendar of a project. A hash stands for days and dependencies: a consent counts while they are the same.';
CREATE INDEX project_calendar_by_delegate ON project_calendar (delegate_id, project_id);
CALL declare_table('project_calendar');
GRANT SELECT, INSERT, UPDATE ON project_calendar TO {request};

CREATE TABLE calendar_baseline (
    owner_id      uuid    NOT NULL,
    delegation_id uuid    NOT NULL,
    delegate_id   uuid    NOT NULL,
    project_id    uuid    NOT NULL,
    version       integer NOT NULL CHECK (version > 0),
    goal_id       uuid    NOT NULL,
    due_day       date    NOT NULL,
    PRIMARY KEY (owner_id, project_id, version, goal_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id, goal_id) REFERENCES goal (owner_id, project_id, goal_id)
);
COMMENT ON TABLE calendar_baseline IS 'kind: party
The days of each version of a calendar that both sides agreed on.';
CREATE INDEX calendar_baseline_by_delegate ON calendar_baseline (delegate_id, project_id);
CALL declare_table('calendar_baseline');
GRANT SELECT, INSERT ON calendar_baseline TO {request};
