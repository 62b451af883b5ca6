-- A delegation that has ended can only be read, as one that is frozen; what is still done about it each service says for itself.

-- Whether a caller's entry is still taken on a delegation that is closed. None is, until a service replaces this by what it allows.
CREATE FUNCTION taken_when_closed(owner_id uuid, event_type text, object_id uuid) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$ SELECT false $$;

-- As before, and: on a delegation that is closed none of a caller's commands is taken but those that its service names. Work items and an auditor's reading are
-- told in either state. The insert waits for whoever freezes or closes the delegation, and the state is asked after it.
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
    state           text;
BEGIN
    IF NOT by_platform AND (organization_id IS NULL OR person_id IS NULL OR organization_id <> ALL (ARRAY[owner_id, coalesce(delegate_id, owner_id)])) THEN
        RAISE EXCEPTION 'the caller is no party of this journal entry' USING ERRCODE = 'insufficient_privilege';
    END IF;

    INSERT INTO public.journal
    VALUES (entry_id, owner_id, delegation_id, delegate_id, visibility, object_type, object_id, revision,
            organization_id, person_id, occur_time, event_type, payload, salt, sha256(salt || payload));
    IF NOT by_platform AND delegation_id IS NOT NULL AND event_type !~ '^delegation\.journal\.v1\.(WorkItem|AuditRead)' THEN
        state := (SELECT d.state FROM public.delegation d WHERE d.owner_id = owner_id AND d.delegation_id = delegation_id);
        IF state = 'frozen' AND event_type !~ '^delegation\.contracts\.v1\.(Exit|AuditPackTaken)' THEN
            RAISE EXCEPTION 'the delegation is frozen' USING ERRCODE = 'DG001';
        ELSIF state = 'closed' AND NOT public.taken_when_closed(owner_id, event_type, object_id) THEN
            RAISE EXCEPTION 'the delegation is closed' USING ERRCODE = 'DG002';
        END IF;
    END IF;
    INSERT INTO public.pending (entry_id) VALUES (entry_id);
END
$$;
