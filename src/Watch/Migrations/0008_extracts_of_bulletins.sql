-- A bulletin for several delegations, one of which its delegate leaves: the insurer keeps it as it was published, and the delegate an extract for those that go on.

-- The extract is a row of the delegate alone, under the id of the bulletin: everybody reads the one row that their side may see.
ALTER TABLE bulletin DROP CONSTRAINT bulletin_visibility_check;
ALTER TABLE bulletin ADD CONSTRAINT bulletin_visibility_check CHECK (visibility IN ('both', 'insurer', 'delegate'));
ALTER TABLE bulletin DROP CONSTRAINT bulletin_pkey;
ALTER TABLE bulletin ADD PRIMARY KEY (owner_id, bulletin_id, visibility);
ALTER TABLE bulletin ALTER COLUMN pdf_file_id DROP NOT NULL, ALTER COLUMN html_file_id DROP NOT NULL;
ALTER TABLE bulletin ADD CONSTRAINT bulletin_files CHECK (num_nulls(pdf_file_id, html_file_id) = CASE visibility WHEN 'delegate' THEN 2 ELSE 0 END);
COMMENT ON COLUMN bulletin.visibility IS
    'The insurer alone: as it was published, since its delegate left one of its delegations. The delegate alone: the extract of it for those that go on.';
COMMENT ON COLUMN bulletin.pdf_file_id IS 'Null for an extract, which is written anew each time that it is read on paper or as a page.';
COMMENT ON COLUMN bulletin.pdf_sha256 IS 'Of what was published, for an extract too.';

-- What entries say of the delegations that go on: an item that touched the one that was left alone is none of theirs, and an action that does not say in which
-- delegation it is done is not known to be theirs.
CREATE FUNCTION entries_without(entries jsonb, gone uuid) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_agg(
        CASE WHEN told.entry ? 'assessment' THEN jsonb_set(told.entry, '{assessment,affected}', touched.kept) ELSE told.entry END
        || jsonb_build_object('actions', coalesce((
            SELECT jsonb_agg(a ORDER BY nr) FROM jsonb_array_elements(told.entry -> 'actions') WITH ORDINALITY AS action (a, nr) WHERE a ->> 'delegationId' <> gone::text), '[]'))
        ORDER BY told.place), '[]')
    FROM jsonb_array_elements(entries) WITH ORDINALITY AS told (entry, place)
    CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_agg(a ORDER BY nr) FILTER (WHERE a ->> 'delegationId' <> gone::text), '[]') AS kept, count(a) AS before
        FROM jsonb_array_elements(told.entry #> '{assessment,affected}') WITH ORDINALITY AS affected (a, nr)) touched
    WHERE touched.before = 0 OR touched.kept <> '[]'
$$;

-- A bulletin of the one delegation is hidden with it. Of the last that an extract was for, the extract goes with the delegate's own rows.
CREATE OR REPLACE PROCEDURE forget_delegation(organization uuid, gone uuid) LANGUAGE sql AS $$
    UPDATE file f SET visibility = 'insurer' FROM bulletin b
    WHERE b.delegate_id = organization AND gone = ANY (b.delegation_ids) AND cardinality(b.delegation_ids) > 1 AND b.visibility = 'both'
      AND f.owner_id = b.owner_id AND f.delegation_id = b.delegation_id AND f.file_id IN (b.pdf_file_id, b.html_file_id);
    INSERT INTO bulletin (
        owner_id, delegation_id, delegate_id, bulletin_id, delegation_ids, title, version, replaces_bulletin_id, period_start_day, period_end_day, introduction, language,
        entries, pdf_sha256, pdf_bytes, pdf_pages, html_sha256, due_day, late, state, publish_time, publisher_id, acknowledge_time, acknowledger_id, revision, visibility)
    SELECT
        owner_id, delegation_id, delegate_id, bulletin_id, delegation_ids, title, version, replaces_bulletin_id, period_start_day, period_end_day, introduction, language,
        entries, pdf_sha256, pdf_bytes, pdf_pages, html_sha256, due_day, late, state, publish_time, publisher_id, acknowledge_time, acknowledger_id, revision, 'delegate'
    FROM bulletin
    WHERE delegate_id = organization AND gone = ANY (delegation_ids) AND cardinality(delegation_ids) > 1 AND visibility = 'both';
    UPDATE bulletin SET visibility = 'insurer'
    WHERE delegate_id = organization AND gone = ANY (delegation_ids) AND cardinality(delegation_ids) > 1 AND visibility = 'both';
    UPDATE bulletin SET
        delegation_ids = array_remove(delegation_ids, gone), delegation_id = (array_remove(delegation_ids, gone))[1], entries = entries_without(entries, gone)
    WHERE delegate_id = organization AND gone = ANY (delegation_ids) AND cardinality(delegation_ids) > 1 AND visibility = 'delegate';

    UPDATE tracked_item SET assessment = jsonb_set(assessment, '{affected}', coalesce((
        SELECT jsonb_agg(a ORDER BY place) FROM jsonb_array_elements(assessment -> 'affected') WITH ORDINALITY AS affected (a, place)
        WHERE a ->> 'delegationId' <> gone::text), '[]'))
    WHERE owner_id = organization AND assessment -> 'affected' @> jsonb_build_array(jsonb_build_object('delegationId', gone));
    UPDATE tracked_item SET decision = decision - '{meetingId,decisionId,delegationId}'::text[] WHERE owner_id = organization AND decision ->> 'delegationId' = gone::text;
$$;

-- What became of a bulletin since, both sides know: the insurer acknowledges the one row, the delegate replaces the other.
CREATE FUNCTION tell_other_side() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.bulletin
    SET state = NEW.state, acknowledge_time = NEW.acknowledge_time, acknowledger_id = NEW.acknowledger_id, revision = NEW.revision
    WHERE owner_id = NEW.owner_id AND bulletin_id = NEW.bulletin_id AND visibility <> NEW.visibility AND revision < NEW.revision;
    RETURN NULL;
END $$;
CREATE TRIGGER tell_other_side AFTER UPDATE OF revision ON bulletin FOR EACH ROW WHEN (NEW.visibility <> 'both') EXECUTE FUNCTION tell_other_side();

-- The insurer still acknowledges what was published for delegations of which one goes on.
CREATE OR REPLACE FUNCTION taken_when_closed(owner_id uuid, event_type text, object_id uuid) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
        SELECT event_type = 'delegation.watch.v1.BulletinAcknowledged' AND EXISTS (
            SELECT FROM public.bulletin b JOIN public.delegation d ON d.owner_id = b.owner_id AND d.delegation_id = ANY (b.delegation_ids)
            WHERE b.owner_id = taken_when_closed.owner_id AND b.bulletin_id = taken_when_closed.object_id AND d.state <> 'closed')
    $$;

-- Those that were hidden as a whole before.
UPDATE file f SET visibility = 'both' FROM bulletin b WHERE b.visibility = 'insurer' AND f.owner_id = b.owner_id AND f.delegation_id = b.delegation_id AND f.file_id IN (b.pdf_file_id, b.html_file_id);
UPDATE bulletin SET visibility = 'both' WHERE visibility = 'insurer';
DO $$
DECLARE left_before departure;
BEGIN
    FOR left_before IN SELECT * FROM departure LOOP
        CALL forget_delegation(left_before.delegate_id, left_before.delegation_id);
        DELETE FROM bulletin WHERE delegate_id = left_before.delegate_id AND delegation_id = left_before.delegation_id AND visibility = 'delegate';
    END LOOP;
END $$;
