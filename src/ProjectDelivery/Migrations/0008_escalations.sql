-- Escalations (alertes): dysfunctions that one side raises and the other acknowledges within the agreed time.

CREATE TABLE side_contact (
    owner_id      uuid   NOT NULL,
    delegation_id uuid   NOT NULL,
    delegate_id   uuid   NOT NULL,
    side          text   NOT NULL CHECK (side IN ('insurer', 'delegate')),
    contacts      jsonb  NOT NULL,
    revision      bigint NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, side),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE side_contact IS 'kind: party
Whom each side named to be called upon, and when they are away, as the journal of Contracts told it.';
COMMENT ON COLUMN side_contact.contacts IS 'The event ContactsChanged of Contracts, as proto3 JSON.';
CREATE INDEX side_contact_by_delegate ON side_contact (delegate_id, delegation_id, side);
CALL declare_table('side_contact');
CALL declare_system_access('side_contact', 'SELECT, INSERT, UPDATE');
GRANT SELECT ON side_contact TO {request};

CREATE TABLE escalation_terms (
    owner_id          uuid        NOT NULL,
    delegation_id     uuid        NOT NULL,
    delegate_id       uuid        NOT NULL,
    terms_id          uuid        NOT NULL,
    critical          integer     NOT NULL CHECK (critical BETWEEN 1 AND 18),
    major             integer     NOT NULL CHECK (major BETWEEN critical AND 45),
    minor             integer     NOT NULL CHECK (minor BETWEEN major AND 90),
    agree_time        timestamptz,
    proposed_critical integer     CHECK (proposed_critical BETWEEN 1 AND 18),
    proposed_major    integer     CHECK (proposed_major BETWEEN proposed_critical AND 45),
    proposed_minor    integer     CHECK (proposed_minor BETWEEN proposed_major AND 90),
    proposed_by       text        CHECK (proposed_by IN ('insurer', 'delegate')),
    propose_time      timestamptz,
    revision          bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    CHECK (num_nonnulls(proposed_critical, proposed_major, proposed_minor, proposed_by, propose_time) IN (0, 5))
);
COMMENT ON TABLE escalation_terms IS 'kind: party
Within how many business hours escalations of each severity are to be acknowledged: what both sides agreed on, and what one of them proposes.';
COMMENT ON COLUMN escalation_terms.agree_time IS 'Null while the usual hours hold.';
CREATE INDEX escalation_terms_by_delegate ON escalation_terms (delegate_id, delegation_id);
CALL declare_table('escalation_terms');
GRANT SELECT, INSERT, UPDATE ON escalation_terms TO {request};

CREATE TABLE escalation (
    owner_id              uuid        NOT NULL,
    delegation_id         uuid        NOT NULL,
    delegate_id           uuid        NOT NULL,
    escalation_id         uuid        NOT NULL,
    side                  text        NOT NULL CHECK (side IN ('insurer', 'delegate')),
    person_id             uuid        NOT NULL,
    state                 text        NOT NULL CHECK (state IN ('raised', 'acknowledged', 'resolved', 'closed')),
    severity              text        NOT NULL CHECK (severity IN ('critical', 'major', 'minor')),
    title                 text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    description           text        NOT NULL CHECK (char_length(description) <= 4000),
    activity_code         text,
    commitment_code       text,
    action_id             uuid,
    notice_time           timestamptz NOT NULL,
    raise_time            timestamptz NOT NULL CHECK (raise_time >= notice_time),
    surface_minutes       bigint      NOT NULL CHECK (surface_minutes >= 0),
    agreed_hours          integer     NOT NULL CHECK (agreed_hours > 0),
    due_time              timestamptz NOT NULL,
    level                 text        NOT NULL CHECK (level IN ('main_contact', 'deputy', 'delegation_managers', 'executives')),
    level_time            timestamptz NOT NULL,
    reminded              boolean     NOT NULL,
    acknowledge_time      timestamptz,
    acknowledge_person_id uuid,
    acknowledge_minutes   bigint      CHECK (acknowledge_minutes >= 0),
    cause                 text        NOT NULL CHECK (char_length(cause) <= 4000),
    resolution            text        NOT NULL CHECK (char_length(resolution) <= 4000),
    resolve_time          timestamptz,
    reopen_reason         text        NOT NULL CHECK (char_length(reopen_reason) <= 4000),
    reopen_count          integer     NOT NULL CHECK (reopen_count >= 0),
    close_time            timestamptz CHECK ((close_time IS NOT NULL) = (state = 'closed')),
    update_time           timestamptz NOT NULL,
    revision              bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, escalation_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, action_id) REFERENCES action (owner_id, action_id),
    CHECK (num_nonnulls(activity_code, commitment_code, action_id) <= 1),
    CHECK ((state = 'raised') = (acknowledge_time IS NULL)),
    CHECK (num_nonnulls(acknowledge_time, acknowledge_person_id, acknowledge_minutes) IN (0, 3)),
    CHECK (state IN ('raised', 'acknowledged') OR (cause <> '' AND resolution <> '' AND resolve_time IS NOT NULL))
);
COMMENT ON TABLE escalation IS 'kind: party
Dysfunctions that side raised and the other side answers for.';
COMMENT ON COLUMN escalation.level_time IS 'Since when the level is called upon: each has the agreed hours.';
COMMENT ON COLUMN escalation.reminded IS 'Whether the level was reminded of it.';
COMMENT ON COLUMN escalation.surface_minutes IS 'Business minutes from notice_time to raise_time.';
COMMENT ON COLUMN escalation.acknowledge_minutes IS 'Business minutes from raise_time to acknowledge_time.';
CREATE INDEX escalation_by_delegation ON escalation (owner_id, delegation_id, escalation_id);
CREATE INDEX escalation_by_delegate ON escalation (delegate_id, delegation_id, escalation_id);
CREATE INDEX escalation_by_time ON escalation (owner_id, delegation_id, raise_time);
CREATE INDEX escalation_open ON escalation (owner_id, delegation_id, state, escalation_id) WHERE state <> 'closed';
CREATE INDEX escalation_by_action ON escalation (owner_id, action_id) WHERE action_id IS NOT NULL;
CALL declare_table('escalation');
CALL declare_system_access('escalation', 'SELECT, UPDATE');
GRANT SELECT, INSERT, UPDATE ON escalation TO {request};

CREATE TABLE escalation_comment (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    escalation_id uuid        NOT NULL,
    comment_id    uuid        NOT NULL,
    side          text        NOT NULL CHECK (side IN ('insurer', 'delegate')),
    visibility    text        NOT NULL CHECK (visibility IN ('both', side)),
    text          text        NOT NULL CHECK (char_length(text) BETWEEN 1 AND 4000),
    person_id     uuid        NOT NULL,
    create_time   timestamptz NOT NULL,
    PRIMARY KEY (owner_id, escalation_id, comment_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, escalation_id) REFERENCES escalation (owner_id, escalation_id)
);
COMMENT ON TABLE escalation_comment IS 'kind: party
Comments on escalations, shared or private to the side of their author.';
CREATE INDEX escalation_comment_by_delegate ON escalation_comment (delegate_id, escalation_id, comment_id);
CALL declare_table('escalation_comment');
GRANT SELECT, INSERT ON escalation_comment TO {request};
