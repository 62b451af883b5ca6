-- What was erased is said as often as it is asked, so that a certificate says it all, whatever died before it was issued.
ALTER TABLE departure ADD COLUMN erased jsonb NOT NULL DEFAULT '{}';
COMMENT ON COLUMN departure.erased IS 'How many rows of each table were erased, over all attempts.';

-- Whether what is told mentions a delegation that the organisation has left. Nearly nobody has left any.
CREATE FUNCTION mentions_departed(organization uuid, payload bytea) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
        SELECT EXISTS (
            SELECT FROM departure d
            WHERE d.delegate_id = organization AND position(convert_to(d.delegation_id::text, 'UTF8') IN payload) > 0)
    $$;
GRANT EXECUTE ON FUNCTION mentions_departed TO {system};

-- As before, and without the entries that mention a delegation which the caller has left, such as those of a document for several delegations.
CREATE OR REPLACE FUNCTION journal_of(owner_id uuid, delegation_id uuid)
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
          AND NOT public.mentions_departed(public.app_org(), j.payload)
        ORDER BY s."position"
    $$;
