-- Work items live in the journal: what waits for somebody is what was opened there and not closed since.

-- The latest entry about a work item; no row when it was never opened. Whoever asks holds the item until the end of the transaction, so
-- that one that is opened or closed by two at once is so once.
CREATE FUNCTION work_item_entry(work_item_id uuid)
    RETURNS TABLE (owner_id uuid, delegation_id uuid, delegate_id uuid, visibility text, revision bigint, event_type text, payload bytea)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'work item', work_item_entry.work_item_id), 0));
    RETURN QUERY
        SELECT j.owner_id, j.delegation_id, j.delegate_id, j.visibility, j.revision, j.event_type, j.payload
        FROM public.journal j
        WHERE j.object_type = 'work_item' AND j.object_id = work_item_entry.work_item_id
          -- What runs without a caller acts for any party; a caller sees its own.
          AND (session_user = '{system}' OR public.is_party(j.owner_id, j.delegate_id, public.app_org()))
        ORDER BY j.revision DESC
        LIMIT 1;
END $$;
GRANT EXECUTE ON FUNCTION work_item_entry TO {request}, {system};
