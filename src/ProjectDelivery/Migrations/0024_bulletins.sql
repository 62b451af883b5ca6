-- A bulletin takes the place of another one from the day on that it was published: what a meeting before that day had before it stays known.
ALTER TABLE committee_document ADD COLUMN replaces_document_id uuid;
COMMENT ON COLUMN committee_document.replaces_document_id IS 'The document whose place it takes.';
COMMENT ON COLUMN committee_document.replaced IS 'Written no more.';
CREATE INDEX committee_document_by_replaced ON committee_document (owner_id, delegation_id, replaces_document_id);
