-- Auditors. What an open audit mission names is read under a role of its own, {auditor}, which a transaction for requests takes on: it has
-- nothing but SELECT, and policies of its own, so that auditors change nobody else's plans, and a table that no migration opened to them
-- does not exist for them.

-- Reference tables are the same for all, auditors included.
CREATE OR REPLACE PROCEDURE declare_table(target regclass) LANGUAGE plpgsql AS $$
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
        EXECUTE format('GRANT SELECT ON %s TO {request}, {system}, {auditor}', target);
    ELSIF kind = 'system' THEN
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO {system}', target);
    ELSE
        RAISE EXCEPTION 'table % declares no kind', target USING HINT = 'Its comment starts with ''kind: party'', organisation, reference or system.';
    END IF;
END $$;

-- Those of a database that was here before auditors.
DO $$
DECLARE reference regclass;
BEGIN
    FOR reference IN SELECT oid FROM pg_class WHERE relkind IN ('r', 'p') AND obj_description(oid, 'pg_class') ~ '^kind: reference' LOOP
        EXECUTE format('GRANT SELECT ON %s TO {auditor}', reference);
    END LOOP;
END $$;

CREATE TABLE audit_access (
    mission_id      uuid        PRIMARY KEY,
    owner_id        uuid        NOT NULL,
    delegation_id   uuid        NOT NULL,
    delegate_id     uuid        NOT NULL,
    organization_id uuid        NOT NULL CHECK (organization_id IN (owner_id, delegate_id)),
    auditors        uuid[]      NOT NULL CHECK (cardinality(auditors) > 0),
    subjects        text[]      NOT NULL,
    reads_seen_by   text        NOT NULL CHECK (reads_seen_by IN ('both', 'insurer', 'delegate')),
    open_time       timestamptz NOT NULL,
    close_time      timestamptz NOT NULL CHECK (close_time > open_time),
    revision        bigint      NOT NULL,
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE audit_access IS 'kind: system
Projection of the audit missions that are open: who may read what of which delegation, and for how long.';
COMMENT ON COLUMN audit_access.organization_id IS 'The party that invited the auditors, with whose eyes they read; they never see more than both parties do.';
COMMENT ON COLUMN audit_access.auditors IS 'The persons, and the mission itself: its evidence pack, which services make for auditors without an account, is one more reader.';
COMMENT ON COLUMN audit_access.reads_seen_by IS 'Who of the two parties sees what they read: the visibility of the entries about it.';
CREATE INDEX audit_access_by_auditor ON audit_access USING gin (auditors);
CALL declare_table('audit_access');

-- The missions by which a person may read a subject at an instant, of one delegation or, where it is null, of any. The person must come from a
-- token that was validated.
CREATE FUNCTION audit_of(person uuid, delegation uuid, subject text, at timestamptz)
    RETURNS TABLE (mission_id uuid, owner_id uuid, delegation_id uuid, delegate_id uuid, organization_id uuid, reads_seen_by text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
        SELECT a.mission_id, a.owner_id, a.delegation_id, a.delegate_id, a.organization_id, a.reads_seen_by
        FROM public.audit_access a
        WHERE (delegation IS NULL OR a.delegation_id = delegation) AND a.auditors @> ARRAY[person] AND (subject = 'mission' OR subject = ANY (a.subjects))
          AND at >= a.open_time AND at < a.close_time
        ORDER BY a.open_time, a.mission_id
    $$;

-- The mission and the instant of this transaction; null where act_for_auditor was not called in it.
CREATE FUNCTION app_mission() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.mission', true), '')::uuid;
CREATE FUNCTION app_time() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.time', true), '')::timestamptz;

-- From here to its end the transaction reads for an auditor. The clock is the platform's; whether the mission is this person's, and open
-- then, is asked of the table above by every statement.
CREATE PROCEDURE act_for_auditor(organization uuid, person uuid, mission uuid, at timestamptz) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('app.org', organization::text, true), set_config('app.user', person::text, true),
            set_config('app.mission', mission::text, true), set_config('app.time', at::text, true), set_config('role', '{auditor}', true);
END $$;

-- The delegation of the mission, when this person may read one of these subjects of it at this instant.
CREATE FUNCTION audit_scope(subjects text[]) RETURNS TABLE (owner_id uuid, delegation_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
        SELECT a.owner_id, a.delegation_id
        FROM public.audit_access a
        WHERE a.mission_id = public.app_mission() AND public.app_user() = ANY (a.auditors) AND public.app_org() = a.organization_id
          AND ('mission' = ANY (audit_scope.subjects) OR a.subjects && audit_scope.subjects)
          AND public.app_time() >= a.open_time AND public.app_time() < a.close_time
    $$;

-- Opens a party table to auditors whose mission names one of the subjects ('mission' for every mission): what both parties see, of the one
-- delegation, and of that only what a condition lets through.
CREATE PROCEDURE declare_audited(target regclass, subjects text[], condition text DEFAULT 'true') LANGUAGE plpgsql AS $$
DECLARE
    has_side boolean := EXISTS (SELECT FROM pg_attribute WHERE attrelid = target AND attname = 'visibility' AND NOT attisdropped);
BEGIN
    EXECUTE format(
        'CREATE POLICY auditor ON %s FOR SELECT TO {auditor} USING ((owner_id, delegation_id) IN (SELECT s.owner_id, s.delegation_id FROM audit_scope(%L::text[]) s)%s AND (%s))',
        target, subjects, CASE WHEN has_side THEN ' AND visibility = ''both''' END, condition);
    EXECUTE format('GRANT SELECT ON %s TO {auditor}', target);
END $$;

GRANT EXECUTE ON ROUTINE audit_of, act_for_auditor TO {request};
GRANT EXECUTE ON ROUTINE app_org, app_user, app_mission, app_time, audit_scope TO {auditor};

-- The root of everything, and files: which of them are whose is said by the rows that name them.
CALL declare_audited('delegation', '{mission}');
CALL declare_audited('file', '{mission}');
CALL declare_audited('file_chunk', '{mission}');
