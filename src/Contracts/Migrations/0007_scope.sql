-- Scope and roles (périmètre, rôles et responsabilités): who does what in a delegation, in versions that both sides validate.

-- The trade's list. Data and not law: what the parties agree on stands in their versions, and a newer list changes none of them.
CREATE TABLE activity (
    code              text    PRIMARY KEY CHECK (code ~ '^[A-Z]{3}(-[A-Z])?$'),
    place             integer NOT NULL UNIQUE,
    name              text    NOT NULL,
    french_name       text    NOT NULL,
    regulated         boolean NOT NULL,
    delegated_in_full boolean NOT NULL,
    indicators        text[]  NOT NULL
);
COMMENT ON TABLE activity IS 'kind: reference
Activities of delegated management, with the codes of the indicators that move with whoever does each.';
COMMENT ON COLUMN activity.regulated IS 'The law leaves it with the insurer, who stays accountable.';
COMMENT ON COLUMN activity.delegated_in_full IS 'The delegate does it in a full delegation.';
CALL declare_table('activity');

CREATE TABLE scope_template_line (
    template       text    NOT NULL CHECK (template IN ('total', 'benefits_only', 'membership_and_premiums_only')),
    activity_code  text    NOT NULL REFERENCES activity (code),
    insurer_roles  text    NOT NULL CHECK (insurer_roles ~ '^[RACI]*$'),
    delegate_roles text    NOT NULL CHECK (delegate_roles ~ '^[RACI]*$'),
    to_be_decided  boolean NOT NULL,
    note           text    NOT NULL,
    PRIMARY KEY (template, activity_code)
);
COMMENT ON TABLE scope_template_line IS 'kind: reference
Where a scope may start: who is what by the practice of the trade, as letters of R, A, C and I.';
CALL declare_table('scope_template_line');

CREATE TABLE scope_version (
    owner_id              uuid        NOT NULL,
    delegation_id         uuid        NOT NULL,
    delegate_id           uuid        NOT NULL,
    scope_version_id      uuid        NOT NULL,
    number                integer     NOT NULL CHECK (number > 0),
    occasion              text        NOT NULL CHECK (occasion IN ('conclusion', 'scoping')),
    state                 text        NOT NULL CHECK (state IN ('proposed', 'validated', 'superseded', 'withdrawn')),
    effective_day         date        NOT NULL,
    superseded_on_day     date        CHECK (superseded_on_day >= effective_day),
    supersede_time        timestamptz,
    lines                 jsonb       NOT NULL,
    extent                text        NOT NULL CHECK (extent IN ('full', 'partial')),
    proposed_by           text        NOT NULL CHECK (proposed_by IN ('insurer', 'delegate')),
    insurer_person_id     uuid,
    insurer_consent_time  timestamptz,
    delegate_person_id    uuid,
    delegate_consent_time timestamptz,
    create_time           timestamptz NOT NULL,
    validate_time         timestamptz,
    content_revision      bigint      NOT NULL CHECK (content_revision > 0),
    revision              bigint      NOT NULL CHECK (revision >= content_revision),
    PRIMARY KEY (owner_id, delegation_id, scope_version_id),
    UNIQUE (owner_id, delegation_id, number),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    -- Nothing two-sided takes effect by one side.
    CHECK (state NOT IN ('validated', 'superseded') OR insurer_consent_time IS NOT NULL AND delegate_consent_time IS NOT NULL AND validate_time IS NOT NULL),
    CHECK ((state = 'superseded') = (superseded_on_day IS NOT NULL)),
    CHECK ((superseded_on_day IS NULL) = (supersede_time IS NULL))
);
COMMENT ON TABLE scope_version IS 'kind: party
Versions of the scope of a delegation.';
COMMENT ON COLUMN scope_version.lines IS 'Messages ScopeLine of the contract, as proto3 JSON, in their order.';
COMMENT ON COLUMN scope_version.extent IS 'Derived from the lines by the trade''s list of their time.';
COMMENT ON COLUMN scope_version.content_revision IS 'The revision of the last change of what is to be consented to; consents count from there.';
COMMENT ON COLUMN scope_version.superseded_on_day IS 'The first day on which another version holds.';
CREATE INDEX scope_version_by_delegate ON scope_version (delegate_id, delegation_id, scope_version_id);
CREATE UNIQUE INDEX scope_version_open ON scope_version (owner_id, delegation_id) WHERE state = 'proposed';
CALL declare_table('scope_version');
GRANT SELECT, INSERT, UPDATE ON scope_version TO {request};

-- What validated versions hand to the delegate: two delegations of an insurer never hold the same activity, population and day.
CREATE TABLE scope_holding (
    owner_id         uuid NOT NULL,
    activity_code    text NOT NULL,
    population_code  text NOT NULL,
    delegation_id    uuid NOT NULL,
    delegate_id      uuid NOT NULL,
    scope_version_id uuid NOT NULL,
    start_day        date NOT NULL,
    end_day          date CHECK (end_day >= start_day),
    PRIMARY KEY (owner_id, activity_code, population_code, delegation_id, scope_version_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE scope_holding IS 'kind: party
Activities and populations that a delegation holds by a validated version of its scope, whatever the product.';
COMMENT ON COLUMN scope_holding.end_day IS 'The first day on which it does not hold them by this version; null while none is known.';
CREATE INDEX scope_holding_by_delegate ON scope_holding (delegate_id, delegation_id);
CREATE INDEX scope_holding_by_version ON scope_holding (owner_id, delegation_id, scope_version_id);
CALL declare_table('scope_holding');
GRANT SELECT, INSERT, UPDATE ON scope_holding TO {request};

-- Which of the activities and populations (pairs of the two lists) another delegation of the insurer holds on a day from start_day on.
-- From here to the end of the transaction nobody else validates a scope of this insurer, so that what is answered stays true.
--
-- It runs as the owner because a delegate sees nothing of other delegations; which one holds them is told to the insurer alone.
CREATE FUNCTION scope_held_elsewhere(insurer uuid, delegation_id uuid, start_day date, activities text[], populations text[])
    RETURNS TABLE (holder uuid, activity_code text, population_code text)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
#variable_conflict use_column
BEGIN
    IF public.acts_as_party(insurer, scope_held_elsewhere.delegation_id) IS NOT TRUE THEN
        RAISE EXCEPTION 'the caller is no party of this delegation' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('scope of ' || insurer, 0));
    -- A statement after the lock: it sees what the former holder of the lock committed.
    RETURN QUERY
        SELECT CASE WHEN public.app_org() = insurer THEN h.delegation_id END, h.activity_code, h.population_code
        FROM unnest(activities, populations) AS wanted (activity, population)
        JOIN public.scope_holding h ON h.owner_id = insurer AND h.activity_code = wanted.activity AND h.population_code = wanted.population
        JOIN public.delegation d ON d.owner_id = h.owner_id AND d.delegation_id = h.delegation_id AND d.state <> 'closed'
        WHERE h.delegation_id <> scope_held_elsewhere.delegation_id
          AND (h.end_day IS NULL OR h.end_day > greatest(h.start_day, scope_held_elsewhere.start_day))
        ORDER BY h.activity_code, h.population_code, h.delegation_id;
END $$;
GRANT EXECUTE ON FUNCTION scope_held_elsewhere TO {request};
