-- A contract (contrat) and its survival clause (clause de survie) are two titles of one object.
ALTER TABLE portfolio_title DROP CONSTRAINT portfolio_title_pkey;
ALTER TABLE portfolio_title ADD PRIMARY KEY (owner_id, delegation_id, title_id, kind);
COMMENT ON COLUMN portfolio_title.title_id IS 'The letter, or the contract, also of its survival clause.';
COMMENT ON COLUMN portfolio_title.last_day IS 'Before first_day for a title that was superseded before it took effect, and for a survival clause that is not to come; infinity while nothing ends it.';

-- The portfolio has passed over what it was told of contracts until now: it reads the journal of Contracts again, where what it keeps already
-- stays as it is.
DELETE FROM follower_position WHERE follower = 'contracts.portfolio';
