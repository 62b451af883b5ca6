-- Who sees what, in every service's database. Each table declares its kind in the first line of its comment:
--   kind: party         rows of a delegation: its insurer (owner_id) and its delegate (delegate_id) see them
--   kind: organisation  rows of one organisation (owner_id), which alone sees them
--   kind: reference     the same for all, read-only for requests
--   kind: system        only for what runs without a caller, or through functions that check the caller

-- Whoever calls a function was given it by name.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON ROUTINES FROM PUBLIC;

-- The organisation that this transaction acts for. Null, and so no row, unless act_for was called in it: a setting that once
-- existed in a session resets to '' and not to null.
CREATE FUNCTION app_org() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.org', true), '')::uuid;

-- The person who called; null for what runs without a caller.
CREATE FUNCTION app_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.user', true), '')::uuid;

-- A procedure and no function: it answers no rows, and so can precede any statement in one round trip.
CREATE PROCEDURE act_for(organization uuid, person uuid) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('app.org', coalesce(organization::text, ''), true), set_config('app.user', coalesce(person::text, ''), true);
END $$;

-- The policies, one function each. They are given (SELECT app_org()), which is evaluated once per statement, and inlined. coalesce
-- keeps the planner from taking a policy for a search condition: it would count its selectivity on top of that of the query's own
-- predicate, and sort a party's rows to answer a page of them. The policy is the net, the predicate is the plan.
CREATE FUNCTION is_owner(owner_id uuid, organization uuid) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN coalesce(organization = owner_id, false);

CREATE FUNCTION is_party(owner_id uuid, delegate_id uuid, organization uuid) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN coalesce(organization = ANY (ARRAY[owner_id, delegate_id]), false);

-- visibility is both, insurer or delegate: who of the two parties sees the row.
CREATE FUNCTION is_party(owner_id uuid, delegate_id uuid, visibility text, organization uuid) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN coalesce(organization = ANY (ARRAY[
        CASE WHEN visibility IN ('both', 'insurer') THEN owner_id END,
        CASE WHEN visibility IN ('both', 'delegate') THEN delegate_id END]), false);

-- Protects a table by the rules of the kind that its comment declares. Grants to the role for requests are the migration's.
CREATE PROCEDURE declare_table(target regclass) LANGUAGE plpgsql AS $$
DECLARE
    kind     text    := substring(obj_description(target, 'pg_class') FROM '^kind: ([a-z]+)');
    has_side boolean := EXISTS (SELECT FROM pg_attribute WHERE attrelid = target AND attname = 'visibility' AND NOT attisdropped);
    sees     text    := CASE kind
        WHEN 'party'        THEN format('is_party(owner_id, delegate_id, %s(SELECT app_org()))', CASE WHEN has_side THEN 'visibility, ' END)
        WHEN 'organisation' THEN 'is_owner(owner_id, (SELECT app_org()))'
    END;
BEGIN
    IF kind IN ('party', 'organisation') THEN
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
        EXECUTE format('CREATE POLICY tenant ON %s TO {request} USING (%s)', target, sees);
        -- FORCE binds the owner too: without this, what a migration changes in rows would silently be nothing.
        EXECUTE format('CREATE POLICY owner ON %s TO {owner} USING (true)', target);
    ELSIF kind = 'reference' THEN
        EXECUTE format('GRANT SELECT ON %s TO {request}, {system}', target);
    ELSIF kind = 'system' THEN
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO {system}', target);
    ELSE
        RAISE EXCEPTION 'table % declares no kind', target USING HINT = 'Its comment starts with ''kind: party'', organisation, reference or system.';
    END IF;
END $$;

-- Lets what runs without a caller use a party or organisation table too; privileges as in GRANT.
CREATE PROCEDURE declare_system_access(target regclass, privileges text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY system ON %s TO {system} USING (true)', target);
    EXECUTE format('GRANT %s ON %s TO {system}', privileges, target);
END $$;

GRANT EXECUTE ON ROUTINE app_org, app_user, act_for, is_owner, is_party(uuid, uuid, uuid), is_party(uuid, uuid, text, uuid) TO {request}, {system};

-- The delegations that this service knows: what rows of a delegation refer to with all three columns, so that nobody can write
-- into a delegation that is not theirs.
CREATE TABLE delegation (
    owner_id      uuid   NOT NULL,
    delegation_id uuid   NOT NULL,
    delegate_id   uuid   NOT NULL,
    state         text   NOT NULL,
    revision      bigint NOT NULL,
    PRIMARY KEY (owner_id, delegation_id),
    UNIQUE (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE delegation IS 'kind: party
Projection of the delegations; the root that all other party tables refer to. Written by what follows Contracts.';
CREATE INDEX delegation_by_delegate ON delegation (delegate_id, delegation_id);
CALL declare_table('delegation');
CALL declare_system_access('delegation', 'SELECT, INSERT, UPDATE');
GRANT SELECT ON delegation TO {request};

-- Who belongs to which organisation, and as what. One who was removed has no row.
CREATE TABLE membership (
    issuer          text   NOT NULL,
    subject         text   NOT NULL,
    organization_id uuid   NOT NULL,
    person_id       uuid   NOT NULL,
    roles           text[] NOT NULL,
    side            text   NOT NULL CHECK (side IN ('insurer', 'delegate')),
    revision        bigint NOT NULL,
    PRIMARY KEY (issuer, subject, organization_id)
);
COMMENT ON TABLE membership IS 'kind: system
Projection of the memberships: (issuer, subject) of a token to organisation, person and roles.';
CALL declare_table('membership');

-- The memberships of the bearer of a token. Issuer and subject must come from a token that was validated.
CREATE FUNCTION membership_of(issuer text, subject text)
    RETURNS TABLE (organization_id uuid, person_id uuid, roles text[], side text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
        SELECT m.organization_id, m.person_id, m.roles, m.side
        FROM public.membership m
        WHERE m.issuer = membership_of.issuer AND m.subject = membership_of.subject
    $$;
GRANT EXECUTE ON FUNCTION membership_of TO {request}, {system};

-- True when the transaction acts for a party of that delegation of owner_id or, where delegation_id is null, for owner_id itself:
-- what functions ask that write to system tables in the name of a caller.
CREATE FUNCTION acts_as_party(owner_id uuid, delegation_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
        SELECT acts_as_party.owner_id = public.app_org() AND acts_as_party.delegation_id IS NULL
            OR EXISTS (
                SELECT FROM public.delegation d
                WHERE d.owner_id = acts_as_party.owner_id AND d.delegation_id = acts_as_party.delegation_id
                  AND public.is_party(d.owner_id, d.delegate_id, public.app_org()))
    $$;
GRANT EXECUTE ON FUNCTION acts_as_party TO {request}, {system};
