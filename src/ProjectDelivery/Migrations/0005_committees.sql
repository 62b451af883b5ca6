-- Committees (comités): bodies that make a formal point, their meetings, minutes and decisions.
CREATE TABLE committee (
    owner_id              uuid        NOT NULL,
    delegation_id         uuid        NOT NULL,
    delegate_id           uuid        NOT NULL,
    committee_id          uuid        NOT NULL,
    level                 text        NOT NULL,
    name                  text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    mandate               text        NOT NULL CHECK (char_length(mandate) <= 4000),
    insurer_roles         text[]      NOT NULL,
    delegate_roles        text[]      NOT NULL,
    steps                 text[]      NOT NULL CHECK (cardinality(steps) > 0),
    relax_after           integer     NOT NULL CHECK (relax_after > 0),
    tacit_days            integer     NOT NULL CHECK (tacit_days > 0),
    step                  text        NOT NULL CHECK (step = ANY (steps)),
    reason                text        NOT NULL,
    good_periods          integer     NOT NULL CHECK (good_periods >= 0),
    breaches_in_a_row     integer     NOT NULL CHECK (breaches_in_a_row >= 0),
    insurer_consent_time  timestamptz,
    delegate_consent_time timestamptz,
    create_time           timestamptz NOT NULL,
    update_time           timestamptz NOT NULL,
    revision              bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, committee_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE committee IS 'kind: party
A committee of a delegation: who sits in it, and how often it meets. step, reason, good_periods and breaches_in_a_row are where its cadence stands in the run.';
CREATE INDEX committee_by_owner ON committee (owner_id, delegation_id, committee_id);
CREATE INDEX committee_by_delegate ON committee (delegate_id, delegation_id, committee_id);
CALL declare_table('committee');
CALL declare_system_access('committee', 'SELECT, UPDATE');
GRANT SELECT, INSERT, UPDATE ON committee TO {request};

CREATE TABLE meeting (
    owner_id              uuid        NOT NULL,
    delegation_id         uuid        NOT NULL,
    delegate_id           uuid        NOT NULL,
    committee_id          uuid        NOT NULL,
    meeting_id            uuid        NOT NULL,
    state                 text        NOT NULL CHECK (state IN ('planned', 'cancelled', 'held', 'confirmed')),
    start_time            timestamptz NOT NULL,
    minutes_long          integer     NOT NULL CHECK (minutes_long BETWEEN 5 AND 1440),
    place                 text        NOT NULL CHECK (char_length(place) <= 500),
    extraordinary         boolean     NOT NULL,
    points                text[]      NOT NULL,
    activities            text,
    progress              text,
    difficulties          text,
    commitments           text,
    critical_actions      integer,
    critical_incidents    integer,
    adjustments           integer,
    insurer_consent_time  timestamptz,
    delegate_consent_time timestamptz,
    tacit_time            timestamptz,
    confirm_time          timestamptz,
    create_time           timestamptz NOT NULL,
    update_time           timestamptz NOT NULL,
    revision              bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, meeting_id),
    CHECK ((state IN ('held', 'confirmed')) = (num_nonnulls(activities, progress, difficulties, commitments, tacit_time) = 5)),
    CHECK ((state = 'confirmed') = (confirm_time IS NOT NULL)),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, committee_id) REFERENCES committee (owner_id, committee_id)
);
COMMENT ON TABLE meeting IS 'kind: party
A meeting of a committee and, once it was held, its minutes.';
COMMENT ON COLUMN meeting.tacit_time IS 'When the minutes count as confirmed if the side that did not write them says nothing.';
CREATE INDEX meeting_by_committee ON meeting (owner_id, committee_id, start_time, meeting_id);
CREATE INDEX meeting_by_delegation ON meeting (owner_id, delegation_id, start_time);
CREATE INDEX meeting_by_delegate ON meeting (delegate_id, delegation_id, start_time);
CALL declare_table('meeting');
CALL declare_system_access('meeting', 'SELECT, UPDATE');
GRANT SELECT, INSERT, UPDATE ON meeting TO {request};

CREATE TABLE decision (
    owner_id      uuid    NOT NULL,
    delegation_id uuid    NOT NULL,
    delegate_id   uuid    NOT NULL,
    meeting_id    uuid    NOT NULL,
    decision_id   uuid    NOT NULL,
    place         integer NOT NULL,
    title         text    NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    side          text    CHECK (side IN ('insurer', 'delegate')),
    role          text,
    person_id     uuid,
    due_day       date,
    action_id     uuid,
    PRIMARY KEY (owner_id, decision_id),
    CHECK ((side IS NULL) = (due_day IS NULL)),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, meeting_id) REFERENCES meeting (owner_id, meeting_id)
);
COMMENT ON TABLE decision IS 'kind: party
What a meeting decided; with an owner and a day it becomes an action once the minutes are confirmed.';
CREATE INDEX decision_by_meeting ON decision (owner_id, meeting_id, place);
CREATE INDEX decision_by_delegate ON decision (delegate_id, meeting_id);
CALL declare_table('decision');
CALL declare_system_access('decision', 'SELECT, UPDATE');
GRANT SELECT, INSERT, UPDATE, DELETE ON decision TO {request};

-- Where an action comes from a decision it keeps that.
ALTER TABLE action ADD COLUMN decision_id uuid;
ALTER TABLE action ADD FOREIGN KEY (owner_id, decision_id) REFERENCES decision (owner_id, decision_id);
ALTER TABLE action ADD CHECK (num_nonnulls(goal_id, decision_id) <= 1);
CREATE UNIQUE INDEX action_by_decision ON action (owner_id, decision_id) WHERE decision_id IS NOT NULL;
-- Minutes that nobody contests become actions without a caller; the cadence of a committee looks at the milestones ahead.
GRANT INSERT ON action TO {system};
CALL declare_system_access('goal', 'SELECT');
