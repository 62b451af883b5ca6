-- Delegations (délégations de gestion): the shared object of one insurer and one delegate. Until the invited organisation accepts there is
-- a draft that the inviter alone sees; then the row of "delegation", to which all rows of the two parties refer, and its profile.

-- For the exclusion constraint below: uuid and text by equality beside ranges. A trusted extension: who owns the database may create it.
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE delegation_draft (
    owner_id               uuid        NOT NULL,
    delegation_id          uuid        NOT NULL,
    inviter_side           text        NOT NULL CHECK (inviter_side IN ('insurer', 'delegate')),
    title                  text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    counterpart_legal_name text        NOT NULL CHECK (char_length(counterpart_legal_name) BETWEEN 1 AND 200),
    counterpart_siren      text        NOT NULL CHECK (counterpart_siren ~ '^[0-9]{9}$'),
    reference_data         jsonb       NOT NULL,
    planned_start_day      date,
    create_time            timestamptz NOT NULL,
    update_time            timestamptz NOT NULL,
    revision               bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id)
);
COMMENT ON TABLE delegation_draft IS 'kind: organisation
Delegations that nobody accepted yet; owner_id is the inviter, insurer or delegate.';
COMMENT ON COLUMN delegation_draft.counterpart_siren IS 'As the inviter claims it: whether that organisation is on the platform is not known here.';
COMMENT ON COLUMN delegation_draft.reference_data IS 'The message ReferenceData of the contract, as proto3 JSON.';
CALL declare_table('delegation_draft');
GRANT SELECT, INSERT, UPDATE, DELETE ON delegation_draft TO {request};

CREATE TABLE delegation_profile (
    owner_id            uuid        NOT NULL,
    delegation_id       uuid        NOT NULL,
    delegate_id         uuid        NOT NULL,
    title               text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    insurer_legal_name  text        NOT NULL,
    insurer_siren       text        NOT NULL,
    delegate_legal_name text        NOT NULL,
    delegate_siren      text        NOT NULL,
    reference_data      jsonb       NOT NULL,
    planned_start_day   date,
    create_time         timestamptz NOT NULL,
    update_time         timestamptz NOT NULL,
    PRIMARY KEY (owner_id, delegation_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE delegation_profile IS 'kind: party
What both parties know of an open delegation. Names and SIRENs are copies: neither side sees the row of the other organisation.';
CREATE INDEX delegation_profile_by_delegate ON delegation_profile (delegate_id, delegation_id);
CALL declare_table('delegation_profile');
GRANT SELECT, UPDATE ON delegation_profile TO {request};

-- A change counts in the revision of the delegation itself, whose row is the lock of everything that belongs to it.
GRANT UPDATE (revision) ON delegation TO {request};

-- The insurer's contract numbers (numéros de contrat de l'assureur), the key of all reporting: each belongs to one delegation of that
-- insurer on any day, its own drafts included. Kept apart from the document that holds them so that the database can promise it.
CREATE TABLE insurer_contract (
    owner_id      uuid NOT NULL,
    delegation_id uuid NOT NULL,
    number        text NOT NULL,
    start_day     date NOT NULL,
    end_day       date CHECK (end_day >= start_day),
    PRIMARY KEY (owner_id, delegation_id, number, start_day),
    CONSTRAINT one_delegation_a_day EXCLUDE USING gist (owner_id WITH =, number WITH =, daterange(start_day, end_day, '[]') WITH &&)
);
COMMENT ON TABLE insurer_contract IS 'kind: organisation
The contract numbers of an insurer by delegation and days; both days belong to the period, and without an end it stays open.';
CALL declare_table('insurer_contract');
GRANT SELECT, INSERT, DELETE ON insurer_contract TO {request};

-- The contracts in reference data, with their place in the list.
CREATE FUNCTION contracts_in(reference_data jsonb) RETURNS TABLE (place integer, number text, start_day date, end_day date)
    LANGUAGE sql IMMUTABLE
    AS $$
        SELECT ordinality::integer - 1, contract ->> 'number', (contract ->> 'startDay')::date, nullif(contract ->> 'endDay', '')::date
        FROM jsonb_array_elements(reference_data -> 'insurerContracts') WITH ORDINALITY AS c (contract, ordinality)
    $$;

-- Which contracts in the reference data of a delegation belong to another delegation of the insurer on some day. From here to the end of
-- the transaction nobody else changes the numbers of this insurer, so that what is answered stays true.
CREATE FUNCTION contracts_held_elsewhere(insurer uuid, delegation_id uuid, reference_data jsonb) RETURNS TABLE (place integer, holder uuid)
    LANGUAGE plpgsql VOLATILE
    AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('insurer_contract ' || insurer, 0));
    -- A statement after the lock: it sees what the former holder of the lock committed.
    RETURN QUERY
        SELECT c.place, min(h.delegation_id::text)::uuid
        FROM contracts_in(reference_data) c
        JOIN insurer_contract h ON h.owner_id = insurer AND h.number = c.number AND h.delegation_id <> contracts_held_elsewhere.delegation_id
            AND daterange(h.start_day, h.end_day, '[]') && daterange(c.start_day, c.end_day, '[]')
        GROUP BY c.place
        ORDER BY c.place;
END $$;

-- Makes the contract numbers of a delegation those of its reference data. An exclusion_violation tells that another delegation has one.
CREATE FUNCTION hold_contracts(insurer uuid, delegation_id uuid, reference_data jsonb) RETURNS void
    LANGUAGE sql VOLATILE
    AS $$
        -- Before any row: whoever asked contracts_held_elsewhere goes first.
        SELECT pg_advisory_xact_lock(hashtextextended('insurer_contract ' || insurer, 0));
        DELETE FROM insurer_contract h WHERE h.owner_id = insurer AND h.delegation_id = hold_contracts.delegation_id;
        INSERT INTO insurer_contract (owner_id, delegation_id, number, start_day, end_day)
        SELECT insurer, hold_contracts.delegation_id, c.number, c.start_day, c.end_day FROM contracts_in(reference_data) c;
    $$;
GRANT EXECUTE ON FUNCTION contracts_in, contracts_held_elsewhere, hold_contracts TO {request};

-- Opens a delegation: the draft of the inviter becomes the delegation of the two, under the same id. Granted to nobody: the function that
-- redeems an invitation calls it, as the owner of both and after it checked that the invitee is the organisation that was invited.
--
-- It answers one row, or none when there is no such draft any more. The caller's C# then writes the journal entry DelegationOpened in the
-- same transaction, acting for either party: session.AppendDelegationOpenedAsync. exclusion_violation (one_delegation_a_day): a contract
-- number in a draft that the delegate made belongs to another delegation of the insurer.
CREATE FUNCTION open_delegation(inviter uuid, delegation_id uuid, invitee uuid, at timestamptz)
    RETURNS TABLE (insurer_id uuid, delegate_id uuid, revision bigint)
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
    AS $$
#variable_conflict use_column
DECLARE
    draft    public.delegation_draft;
    insurer  public.organization;
    delegate public.organization;
BEGIN
    DELETE FROM public.delegation_draft d WHERE d.owner_id = inviter AND d.delegation_id = open_delegation.delegation_id RETURNING d.* INTO draft;
    IF NOT FOUND THEN
        RETURN;
    END IF;

    SELECT o.* INTO insurer FROM public.organization o WHERE o.owner_id = CASE draft.inviter_side WHEN 'insurer' THEN inviter ELSE invitee END AND o.kind <> 'delegate';
    SELECT o.* INTO delegate FROM public.organization o WHERE o.owner_id = CASE draft.inviter_side WHEN 'insurer' THEN invitee ELSE inviter END AND o.kind = 'delegate';
    IF insurer.owner_id IS NULL OR delegate.owner_id IS NULL THEN
        RAISE EXCEPTION 'a delegation has an insurer on one side and a delegate on the other' USING ERRCODE = 'check_violation';
    END IF;

    INSERT INTO public.delegation (owner_id, delegation_id, delegate_id, state, revision)
    VALUES (insurer.owner_id, draft.delegation_id, delegate.owner_id, 'open', draft.revision + 1);
    INSERT INTO public.delegation_profile (
        owner_id, delegation_id, delegate_id, title, insurer_legal_name, insurer_siren, delegate_legal_name, delegate_siren,
        reference_data, planned_start_day, create_time, update_time)
    VALUES (
        insurer.owner_id, draft.delegation_id, delegate.owner_id, draft.title, insurer.legal_name, insurer.siren, delegate.legal_name, delegate.siren,
        draft.reference_data, draft.planned_start_day, draft.create_time, at);
    PERFORM public.hold_contracts(insurer.owner_id, draft.delegation_id, draft.reference_data);

    RETURN QUERY SELECT insurer.owner_id, delegate.owner_id, draft.revision + 1;
END $$;
