-- The insurer's plans to control its delegate (plans de contrôle), the controls that they ask for, and what those find.
CREATE TABLE control_plan (
    owner_id      uuid    NOT NULL,
    delegation_id uuid    NOT NULL,
    delegate_id   uuid    NOT NULL,
    plan_id       uuid    NOT NULL,
    visibility    text    NOT NULL CHECK (visibility IN ('both', 'insurer')),
    year          integer NOT NULL CHECK (year BETWEEN 2000 AND 2200),
    number        integer NOT NULL CHECK (number > 0),
    state         text    NOT NULL CHECK (state IN ('draft', 'adopted', 'replaced')),
    document      jsonb   NOT NULL,
    revision      bigint  NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, plan_id),
    UNIQUE (owner_id, delegation_id, year, number),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    CHECK ((state = 'draft') = (visibility = 'insurer'))
);
COMMENT ON TABLE control_plan IS 'kind: party
Versions of the insurer''s yearly control plans; a draft is the insurer''s alone.';
COMMENT ON COLUMN control_plan.document IS 'The message ControlPlan without etag, as proto3 JSON.';
CREATE INDEX control_plan_by_delegate ON control_plan (delegate_id, delegation_id, plan_id);
CREATE UNIQUE INDEX control_plan_one ON control_plan (owner_id, delegation_id, year, state) WHERE state <> 'replaced';
CALL declare_table('control_plan');
GRANT SELECT, INSERT, UPDATE ON control_plan TO {request};

CREATE TABLE control (
    owner_id      uuid    NOT NULL,
    delegation_id uuid    NOT NULL,
    delegate_id   uuid    NOT NULL,
    control_id    uuid    NOT NULL,
    year          integer NOT NULL,
    code          text    NOT NULL CHECK (char_length(code) BETWEEN 1 AND 20),
    due_day       date    NOT NULL,
    state         text    NOT NULL CHECK (state IN ('planned', 'executed', 'withdrawn')),
    document      jsonb   NOT NULL,
    revision      bigint  NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, control_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE control IS 'kind: party
Controls that are due on a day, were made, or withdrawn by a later version of their plan.';
COMMENT ON COLUMN control.document IS 'The message Control without etag, as proto3 JSON.';
CREATE INDEX control_by_delegate ON control (delegate_id, delegation_id, control_id);
CREATE INDEX control_by_day ON control (owner_id, delegation_id, due_day, control_id);
CREATE INDEX control_by_id ON control (owner_id, control_id);
CREATE UNIQUE INDEX control_one ON control (owner_id, delegation_id, year, code, due_day) WHERE state <> 'withdrawn';
CALL declare_table('control');
CALL declare_system_access('control', 'SELECT, UPDATE');
GRANT SELECT, INSERT, UPDATE ON control TO {request};

-- What a control finds is a finding like those of missions: one or the other found it.
ALTER TABLE audit_finding ALTER COLUMN mission_id DROP NOT NULL;
ALTER TABLE audit_finding
    ADD COLUMN control_id uuid,
    ADD FOREIGN KEY (owner_id, delegation_id, control_id) REFERENCES control (owner_id, delegation_id, control_id),
    ADD CHECK (num_nonnulls(mission_id, control_id) = 1);

-- How the insurer watches over its delegate is governance; what was found by that too, but for findings of missions, which are each mission's own.
CALL declare_audited('control_plan', '{governance}');
CALL declare_audited('control', '{governance}');
DROP POLICY auditor ON audit_finding;
CALL declare_audited('audit_finding', '{mission}',
    'mission_id = (SELECT app_mission()) OR control_id IS NOT NULL AND EXISTS (SELECT FROM audit_scope(''{governance}''))');
