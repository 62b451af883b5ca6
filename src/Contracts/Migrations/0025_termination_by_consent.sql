-- Both sides may end a contract before its term (résiliation d'un commun accord).
ALTER TABLE contract
    ADD COLUMN proposed_termination jsonb,
    ADD CONSTRAINT contract_proposed_termination CHECK (proposed_termination IS NULL OR state = 'in_force');
COMMENT ON COLUMN contract.proposed_termination IS 'The message TerminationConsent, as proto3 JSON, to which the other side has not agreed; null for none. Agreed, it is one of the notices.';
