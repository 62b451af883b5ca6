-- A clause that is taken out of a draft goes with the comments on it, the private ones too: whoever takes it out does not see those of the other
-- side, and must not learn from a refusal that there are any.
ALTER TABLE clause_comment
    DROP CONSTRAINT clause_comment_owner_id_delegation_id_contract_id_clause_i_fkey,
    ADD FOREIGN KEY (owner_id, delegation_id, contract_id, clause_id) REFERENCES contract_clause (owner_id, delegation_id, contract_id, clause_id)
        ON DELETE CASCADE;
