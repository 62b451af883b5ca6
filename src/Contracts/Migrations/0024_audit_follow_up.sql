-- What audit missions ask and find (suites d'audit).
CREATE TABLE evidence_request (
    owner_id            uuid        NOT NULL,
    delegation_id       uuid        NOT NULL,
    delegate_id         uuid        NOT NULL,
    evidence_request_id uuid        NOT NULL,
    mission_id          uuid        NOT NULL,
    recorded_by         text        NOT NULL CHECK (recorded_by IN ('insurer', 'delegate')),
    audited_side        text        NOT NULL CHECK (audited_side IN ('insurer', 'delegate')),
    title               text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    detail              text        NOT NULL CHECK (char_length(detail) <= 4000),
    due_day             date        NOT NULL,
    state               text        NOT NULL CHECK (state IN ('asked', 'answered', 'accepted')),
    answer              text        NOT NULL CHECK (char_length(answer) <= 4000),
    files               jsonb       NOT NULL,
    answer_time         timestamptz,
    overdue_time        timestamptz,
    create_time         timestamptz NOT NULL,
    revision            bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, evidence_request_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, mission_id) REFERENCES audit_mission (owner_id, delegation_id, mission_id),
    CHECK ((state = 'asked') = (answer_time IS NULL))
);
COMMENT ON TABLE evidence_request IS 'kind: party
What auditors asked for, and what was answered.';
COMMENT ON COLUMN evidence_request.files IS 'Messages EvidenceFile as proto3 JSON; their bytes are files of the delegation.';
CREATE INDEX evidence_request_by_delegate ON evidence_request (delegate_id, delegation_id, evidence_request_id);
CALL declare_table('evidence_request');
CALL declare_system_access('evidence_request', 'SELECT, UPDATE');
GRANT SELECT, INSERT, UPDATE ON evidence_request TO {request};

CREATE TABLE audit_finding (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    finding_id    uuid        NOT NULL,
    mission_id    uuid        NOT NULL,
    audited_side  text        NOT NULL CHECK (audited_side IN ('insurer', 'delegate')),
    severity      text        NOT NULL CHECK (severity IN ('observation', 'minor', 'major', 'critical')),
    title         text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    detail        text        NOT NULL CHECK (char_length(detail) <= 4000),
    state         text        NOT NULL CHECK (state IN ('open', 'planned', 'done', 'closed')),
    plan          text        NOT NULL CHECK (char_length(plan) <= 4000),
    due_day       date,
    outcome       text        NOT NULL CHECK (char_length(outcome) <= 4000),
    verdict       text        NOT NULL CHECK (char_length(verdict) <= 4000),
    overdue_time  timestamptz,
    close_time    timestamptz,
    create_time   timestamptz NOT NULL,
    revision      bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, finding_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, mission_id) REFERENCES audit_mission (owner_id, delegation_id, mission_id),
    CHECK ((state = 'open') <= (plan = '')),
    CHECK ((plan = '') = (due_day IS NULL)),
    CHECK ((state = 'closed') = (close_time IS NOT NULL))
);
COMMENT ON TABLE audit_finding IS 'kind: party
What auditors found, and what is done about it.';
CREATE INDEX audit_finding_by_delegate ON audit_finding (delegate_id, delegation_id, finding_id);
CALL declare_table('audit_finding');
CALL declare_system_access('audit_finding', 'SELECT, UPDATE');
GRANT SELECT, INSERT, UPDATE ON audit_finding TO {request};

-- Auditors see what their own mission asked and found.
CALL declare_audited('evidence_request', '{mission}', 'mission_id = (SELECT app_mission())');
CALL declare_audited('audit_finding', '{mission}', 'mission_id = (SELECT app_mission())');
