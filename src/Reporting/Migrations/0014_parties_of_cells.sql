-- An import has a cell for every few lines of a large file. They are of the form of lines: their parties are those of their import, which their policy looks
-- up once per statement, in place of a foreign key that looks into its table once per cell, and nobody reaches them by the delegate alone.
DO $$
DECLARE
    cells text;
BEGIN
    FOREACH cells IN ARRAY ARRAY['benefit_cell', 'premium_cell', 'membership_cell'] LOOP
        EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', cells, cells || '_owner_id_delegation_id_delegate_id_fkey');
        EXECUTE format('DROP INDEX %I', cells || '_delegate_id_delegation_id_idx');
        EXECUTE format(
            'ALTER POLICY tenant ON %I WITH CHECK (is_party(owner_id, delegate_id, (SELECT app_org()))
                 AND (owner_id, delegation_id, delegate_id, import_number) IN (SELECT i.owner_id, i.delegation_id, i.delegate_id, i.number FROM import i))', cells);
        EXECUTE format('COMMENT ON TABLE %I IS %L', cells, regexp_replace(obj_description(cells::regclass, 'pg_class'), '^kind: party', 'kind: party, lines'));
    END LOOP;
END $$;
