-- Whom to call for a delegation: one row with both sides, so that there is one revision of what both read.
CREATE TABLE delegation_contacts (
    owner_id      uuid   NOT NULL,
    delegation_id uuid   NOT NULL,
    delegate_id   uuid   NOT NULL,
    contacts_id   uuid   NOT NULL,
    insurer       jsonb  NOT NULL,
    delegate      jsonb  NOT NULL,
    revision      bigint NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE delegation_contacts IS 'kind: party
Main contact and deputy of each side, with their absences; no row while neither side named any.';
COMMENT ON COLUMN delegation_contacts.insurer IS 'The message SideContacts of the contract, as proto3 JSON, without what follows from the day.';
COMMENT ON COLUMN delegation_contacts.delegate IS 'The same of the delegate.';
CREATE INDEX delegation_contacts_by_delegate ON delegation_contacts (delegate_id, delegation_id);
CALL declare_table('delegation_contacts');
GRANT SELECT, INSERT, UPDATE ON delegation_contacts TO {request};
