-- What auditors may read: what both sides were told and what came of it. What an organisation follows, and how it judges it, is its own and stays closed.
CALL declare_audited('watch_action', '{watch}');
CALL declare_audited('amendment_request', '{watch}');
CALL declare_audited('bulletin_terms', '{watch}');

-- A bulletin is for several delegations, and whoever audits one of them reads it whole, as it was sent.
CREATE POLICY auditor ON bulletin FOR SELECT TO {auditor} USING (EXISTS (
    SELECT FROM audit_scope('{watch}'::text[]) s WHERE s.owner_id = bulletin.owner_id AND s.delegation_id = ANY (bulletin.delegation_ids)) AND visibility = 'both');
GRANT SELECT ON bulletin TO {auditor};

-- Its files stand in the first of these delegations: whoever sees the bulletin sees them, and no other file of this service.
DROP POLICY auditor ON file;
CREATE POLICY auditor ON file FOR SELECT TO {auditor} USING (EXISTS (
    SELECT FROM bulletin b
    WHERE b.owner_id = file.owner_id AND b.delegation_id = file.delegation_id AND file.file_id IN (b.pdf_file_id, b.html_file_id)) AND visibility = 'both');
DROP POLICY auditor ON file_chunk;
CREATE POLICY auditor ON file_chunk FOR SELECT TO {auditor} USING (EXISTS (
    SELECT FROM bulletin b
    WHERE b.owner_id = file_chunk.owner_id AND b.delegation_id = file_chunk.delegation_id AND file_chunk.file_id IN (b.pdf_file_id, b.html_file_id))
    AND visibility = 'both');
