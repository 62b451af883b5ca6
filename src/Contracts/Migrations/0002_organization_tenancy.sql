-- Organisations obey the rules of their kind, and count their changes.
ALTER TABLE organization ADD COLUMN revision bigint NOT NULL DEFAULT 1 CHECK (revision > 0);
COMMENT ON TABLE organization IS 'kind: organisation
Insurers and delegates; each sees its own row.';
CALL declare_table('organization');
