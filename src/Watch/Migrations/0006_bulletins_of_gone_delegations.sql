-- A delegate finds nothing of a delegation that it has left, in what it published for several delegations and in what it follows of its own either.

-- What was published cannot be taken apart, for its hash would not be its own any more: who has left one of its delegations does not see it, and the insurer does.
ALTER TABLE bulletin ADD COLUMN visibility text NOT NULL DEFAULT 'both' CHECK (visibility IN ('both', 'insurer'));
COMMENT ON COLUMN bulletin.visibility IS 'The insurer alone, since the delegate left one of its delegations.';
DROP POLICY tenant ON bulletin;
CREATE POLICY tenant ON bulletin TO {request} USING (is_party(owner_id, delegate_id, visibility, (SELECT app_org())));

CREATE PROCEDURE forget_delegation(organization uuid, gone uuid) LANGUAGE sql AS $$
    UPDATE file f SET visibility = 'insurer' FROM bulletin b
    WHERE b.delegate_id = organization AND gone = ANY (b.delegation_ids)
      AND f.owner_id = b.owner_id AND f.delegation_id = b.delegation_id AND f.file_id IN (b.pdf_file_id, b.html_file_id);
    UPDATE bulletin SET visibility = 'insurer' WHERE delegate_id = organization AND gone = ANY (delegation_ids);
    UPDATE tracked_item SET assessment = jsonb_set(assessment, '{affected}', coalesce((
        SELECT jsonb_agg(a ORDER BY place) FROM jsonb_array_elements(assessment -> 'affected') WITH ORDINALITY AS affected (a, place)
        WHERE a ->> 'delegationId' <> gone::text), '[]'))
    WHERE owner_id = organization AND assessment -> 'affected' @> jsonb_build_array(jsonb_build_object('delegationId', gone));
    UPDATE tracked_item SET decision = decision - '{meetingId,decisionId,delegationId}'::text[] WHERE owner_id = organization AND decision ->> 'delegationId' = gone::text;
$$;

-- In the transaction that erases the delegate's copies.
CREATE FUNCTION forget_departed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    CALL public.forget_delegation(NEW.delegate_id, NEW.delegation_id);
    RETURN NULL;
END $$;
CREATE TRIGGER forget_departed AFTER INSERT ON departure FOR EACH ROW EXECUTE FUNCTION forget_departed();

-- Those that left before.
DO $$
DECLARE left_before departure;
BEGIN
    FOR left_before IN SELECT * FROM departure LOOP
        CALL forget_delegation(left_before.delegate_id, left_before.delegation_id);
    END LOOP;
END $$;
