-- The record of a delegation when it ends: frozen, exported whole, and erased for the delegate.

-- As before, and: on a delegation that is frozen no caller's command is accepted, whatever it is about, but those that end the delegation or that an
-- auditor's reading writes. The insert waits for whoever freezes it, and whoever freezes it waits for this transaction, so that nothing slips in between.
CREATE OR REPLACE FUNCTION append_journal(
    entry_id uuid, owner_id uuid, delegation_id uuid, delegate_id uuid, visibility text, object_type text, object_id uuid, revision bigint,
    occur_time timestamptz, event_type text, payload bytea, salt bytea)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
#variable_conflict use_variable
DECLARE
    by_platform boolean := session_user = '{system}';
    organization_id uuid := CASE WHEN by_platform THEN NULL ELSE public.app_org() END;
    person_id       uuid := CASE WHEN by_platform THEN NULL ELSE public.app_user() END;
BEGIN
    IF NOT by_platform AND (organization_id IS NULL OR person_id IS NULL OR organization_id <> ALL (ARRAY[owner_id, coalesce(delegate_id, owner_id)])) THEN
        RAISE EXCEPTION 'the caller is no party of this journal entry' USING ERRCODE = 'insufficient_privilege';
    END IF;

    INSERT INTO public.journal
    VALUES (entry_id, owner_id, delegation_id, delegate_id, visibility, object_type, object_id, revision,
            organization_id, person_id, occur_time, event_type, payload, salt, sha256(salt || payload));
    IF NOT by_platform AND delegation_id IS NOT NULL AND event_type !~ '^delegation\.(contracts\.v1\.(Exit|AuditPackTaken)|journal\.v1\.(WorkItem|AuditRead))'
       AND EXISTS (SELECT FROM public.delegation d WHERE d.owner_id = owner_id AND d.delegation_id = delegation_id AND d.state = 'frozen') THEN
        RAISE EXCEPTION 'the delegation is frozen' USING ERRCODE = 'DG001';
    END IF;
    INSERT INTO public.pending (entry_id) VALUES (entry_id);
END
$$;

-- The entries of a delegation that the caller's side may see, with their place in the chain, in their order: what a party takes along.
CREATE FUNCTION journal_of(owner_id uuid, delegation_id uuid)
    RETURNS TABLE (
        "position" bigint, owner_position bigint, digest bytea, previous_hash bytea, hash bytea, entry_id uuid, entry_owner_id uuid, entry_delegation_id uuid, delegate_id uuid,
        visibility text, object_type text, object_id uuid, revision bigint, organization_id uuid, person_id uuid, occur_time timestamptz, event_type text,
        payload bytea, salt bytea, payload_digest bytea)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
        SELECT s."position", s.owner_position, s.digest, s.previous_hash, s.hash, j.entry_id, j.owner_id, j.delegation_id, j.delegate_id,
               j.visibility, j.object_type, j.object_id, j.revision, j.organization_id, j.person_id, j.occur_time, j.event_type,
               j.payload, j.salt, j.payload_digest
        FROM public.journal j
        JOIN public.seal s ON s.entry_id = j.entry_id
        WHERE j.owner_id = journal_of.owner_id AND j.delegation_id = journal_of.delegation_id
          AND public.acts_as_party(journal_of.owner_id, journal_of.delegation_id)
          AND public.is_party(j.owner_id, coalesce(j.delegate_id, j.owner_id), j.visibility, public.app_org())
        ORDER BY s."position"
    $$;

-- The chain of an owner's entries without what they say, for the owner alone: it proves that between the entries of a delegation nothing was taken out.
CREATE FUNCTION chain_of(owner_id uuid)
    RETURNS TABLE ("position" bigint, owner_position bigint, entry_id uuid, digest bytea, previous_hash bytea, hash bytea)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
        SELECT s."position", s.owner_position, s.entry_id, s.digest, s.previous_hash, s.hash
        FROM public.seal s
        WHERE s.owner_id = chain_of.owner_id AND chain_of.owner_id = public.app_org()
        ORDER BY s.owner_position
    $$;
CREATE INDEX journal_by_delegation ON journal (owner_id, delegation_id);
GRANT EXECUTE ON FUNCTION journal_of, chain_of TO {request};

-- Delegations whose delegate has left: its copies were erased, and to it they are those of strangers.
CREATE TABLE departure (
    delegate_id   uuid NOT NULL,
    delegation_id uuid NOT NULL,
    owner_id      uuid NOT NULL,
    PRIMARY KEY (delegate_id, delegation_id)
);
COMMENT ON TABLE departure IS 'kind: system
Delegations that ended, whose delegate sees nothing of them any more. The insurer keeps its history.';
CALL declare_table('departure');

CREATE FUNCTION departures_of(organization uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$ SELECT string_agg(d.delegation_id::text, ',') FROM public.departure d WHERE d.delegate_id = organization $$;

-- The delegations that the organisation for which this transaction acts has left; null for none. They are looked up once for a transaction.
CREATE FUNCTION departed() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
    RETURN string_to_array(nullif(current_setting('app.departed', true), ''), ',')::uuid[];

CREATE OR REPLACE PROCEDURE act_for(organization uuid, person uuid) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('app.org', coalesce(organization::text, ''), true), set_config('app.user', coalesce(person::text, ''), true),
            set_config('app.departed', coalesce(departures_of(organization), ''), true);
END $$;
GRANT EXECUTE ON ROUTINE departures_of, departed TO {request}, {system};

-- A policy of its own, beside the one that lets parties in: what it hides, no other shows.
CREATE PROCEDURE hide_from_departed(target regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY departed ON %s AS RESTRICTIVE TO {request} USING (coalesce(delegation_id <> ALL ((SELECT departed())::uuid[]), true))', target);
END $$;

-- Every party table from now on, and those of a database that was here before.
ALTER PROCEDURE declare_table(regclass) RENAME TO protect_table;
CREATE PROCEDURE declare_table(target regclass) LANGUAGE plpgsql AS $$
BEGIN
    CALL protect_table(target);
    IF obj_description(target, 'pg_class') ~ '^kind: party' THEN
        CALL hide_from_departed(target);
    END IF;
END $$;
DO $$
DECLARE target regclass;
BEGIN
    FOR target IN SELECT oid FROM pg_class WHERE relkind IN ('r', 'p') AND obj_description(oid, 'pg_class') ~ '^kind: party' LOOP
        CALL hide_from_departed(target);
    END LOOP;
END $$;

-- As before, and not for a delegate that has left.
CREATE OR REPLACE FUNCTION acts_as_party(owner_id uuid, delegation_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
        SELECT acts_as_party.owner_id = public.app_org() AND acts_as_party.delegation_id IS NULL
            OR EXISTS (
                SELECT FROM public.delegation d
                WHERE d.owner_id = acts_as_party.owner_id AND d.delegation_id = acts_as_party.delegation_id
                  AND public.is_party(d.owner_id, d.delegate_id, public.app_org())
                  AND coalesce(d.delegation_id <> ALL (public.departed()), true))
    $$;

-- Ends the delegate's access to a delegation and erases what was the delegate's alone, and says of each table how many rows that were. Which tables
-- there are is asked of the catalogue; rows that refer to each other go in as many rounds as it takes. Of the journal the payloads go, and the chain
-- still verifies. Kept answers of before the freeze go all: they would tell, and nobody asks for them any more.
CREATE FUNCTION erase_copies(owner uuid, delegation uuid, delegate uuid, freeze_time timestamptz)
    RETURNS TABLE ("table" text, erased bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
DECLARE
    waiting text[];
    again   text[];
BEGIN
    INSERT INTO public.departure VALUES (delegate, delegation, owner) ON CONFLICT DO NOTHING;

    waiting := ARRAY(
        SELECT format('%I WHERE %s', c.relname, CASE
            WHEN obj_description(c.oid, 'pg_class') ~ '^kind: party' THEN 'owner_id = $1 AND delegation_id = $2 AND visibility = ''delegate'''
            ELSE 'owner_id = $3 AND delegation_id = $2' END)
        FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND EXISTS (
              SELECT FROM pg_attribute a
              WHERE a.attrelid = c.oid AND NOT a.attisdropped
                AND (obj_description(c.oid, 'pg_class') ~ '^kind: party' AND a.attname = 'visibility'
                  OR obj_description(c.oid, 'pg_class') ~ '^kind: organisation' AND a.attname = 'delegation_id')));
    WHILE cardinality(waiting) > 0 LOOP
        again := '{}';
        FOREACH "table" IN ARRAY waiting LOOP
            BEGIN
                EXECUTE 'DELETE FROM public.' || "table" USING owner, delegation, delegate;
                GET DIAGNOSTICS erased = ROW_COUNT;
                IF erased > 0 THEN
                    "table" := split_part("table", ' ', 1);
                    RETURN NEXT;
                END IF;
            EXCEPTION WHEN foreign_key_violation THEN
                again := again || "table";
            END;
        END LOOP;
        IF cardinality(again) = cardinality(waiting) THEN
            RAISE EXCEPTION 'what both see refers to rows of the delegate alone: %', again;
        END IF;
        waiting := again;
    END LOOP;

    DELETE FROM public.idempotency i
    WHERE i.owner_id = delegate AND (i.create_time < freeze_time OR position(convert_to(delegation::text, 'UTF8') IN i.answer) > 0);
    GET DIAGNOSTICS erased = ROW_COUNT;
    "table" := 'idempotency';
    IF erased > 0 THEN RETURN NEXT; END IF;

    UPDATE public.journal j SET payload = NULL, salt = NULL
    WHERE j.payload IS NOT NULL
      AND (j.owner_id = owner AND j.delegation_id = delegation AND j.visibility = 'delegate'
        OR j.owner_id = delegate AND (j.object_id = delegation OR position(convert_to(delegation::text, 'UTF8') IN j.payload) > 0));
    GET DIAGNOSTICS erased = ROW_COUNT;
    "table" := 'journal';
    IF erased > 0 THEN RETURN NEXT; END IF;
END $$;
GRANT EXECUTE ON FUNCTION erase_copies TO {system};
