-- Launch (lancement): what a project is to reach, and its action plan.

CREATE TABLE goal (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    project_id    uuid        NOT NULL,
    goal_id       uuid        NOT NULL,
    kind          text        NOT NULL CHECK (kind IN ('objective', 'milestone')),
    title         text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    description   text        NOT NULL CHECK (char_length(description) <= 4000),
    due_day       date        CHECK (kind = 'objective' OR due_day IS NOT NULL),
    state         text        NOT NULL CHECK (state IN ('open', 'reached', 'dropped')),
    create_time   timestamptz NOT NULL,
    update_time   timestamptz NOT NULL,
    revision      bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, project_id, goal_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id)
);
COMMENT ON TABLE goal IS 'kind: party
General objectives and milestones of a project.';
CREATE INDEX goal_by_delegate ON goal (delegate_id, project_id, goal_id);
CALL declare_table('goal');
GRANT SELECT, INSERT, UPDATE ON goal TO {request};

CREATE TABLE action (
    owner_id        uuid        NOT NULL,
    delegation_id   uuid        NOT NULL,
    delegate_id     uuid        NOT NULL,
    project_id      uuid        NOT NULL,
    action_id       uuid        NOT NULL,
    title           text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    description     text        NOT NULL CHECK (char_length(description) <= 4000),
    side            text        NOT NULL CHECK (side IN ('insurer', 'delegate')),
    role            text,
    person_id       uuid,
    due_day         date        NOT NULL,
    state           text        NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
    goal_id         uuid,
    create_time     timestamptz NOT NULL,
    update_time     timestamptz NOT NULL,
    revision        bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, action_id),
    CHECK (num_nonnulls(role, person_id) = 1),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, project_id) REFERENCES project (owner_id, project_id),
    FOREIGN KEY (owner_id, project_id, goal_id) REFERENCES goal (owner_id, project_id, goal_id)
);
COMMENT ON TABLE action IS 'kind: party
The action plan of a project: who (a role or a person of one side) does what by when.';
COMMENT ON COLUMN action.goal_id IS 'What it comes from; null for an action that stands for itself.';
CREATE INDEX action_by_due_day ON action (owner_id, project_id, due_day, action_id);
CREATE INDEX action_by_delegate ON action (delegate_id, project_id, due_day, action_id);
CALL declare_table('action');
CALL declare_system_access('action', 'SELECT');
GRANT SELECT, INSERT, UPDATE ON action TO {request};

-- True for a member of the organisation that the transaction acts for. Nobody asks about the members of another one.
CREATE INDEX membership_by_organization ON membership (organization_id, person_id);
CREATE FUNCTION is_colleague(person_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
        SELECT EXISTS (
            SELECT FROM public.membership m WHERE m.organization_id = public.app_org() AND m.person_id = is_colleague.person_id)
    $$;
GRANT EXECUTE ON FUNCTION is_colleague TO {request};
