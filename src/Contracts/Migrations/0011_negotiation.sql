-- The contract (contrat de délégation) while it is negotiated: its clauses and annexes, what the departments of both sides say of each, and
-- since when somebody waits for whom.
CREATE TABLE contract (
    owner_id         uuid        NOT NULL,
    delegation_id    uuid        NOT NULL,
    delegate_id      uuid        NOT NULL,
    contract_id      uuid        NOT NULL,
    number           integer     NOT NULL CHECK (number > 0),
    kind             text        NOT NULL CHECK (kind IN ('contract', 'amendment')),
    amends_id        uuid        CHECK ((kind = 'amendment') = (amends_id IS NOT NULL)),
    state            text        NOT NULL CONSTRAINT contract_state CHECK (state IN ('draft', 'negotiating', 'agreed', 'withdrawn')),
    title            text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    effective_day    date        NOT NULL,
    review_days      integer     NOT NULL CHECK (review_days BETWEEN 1 AND 90),
    drafted_by       text        NOT NULL CHECK (drafted_by IN ('insurer', 'delegate')),
    proposed_terms   jsonb,
    terms_side       text        CHECK (terms_side IN ('insurer', 'delegate')),
    terms_time       timestamptz,
    create_time      timestamptz NOT NULL,
    open_time        timestamptz,
    agree_time       timestamptz,
    content_revision bigint      NOT NULL CHECK (content_revision > 0),
    revision         bigint      NOT NULL CHECK (revision >= content_revision),
    PRIMARY KEY (owner_id, delegation_id, contract_id),
    UNIQUE (owner_id, delegation_id, number),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, amends_id) REFERENCES contract (owner_id, delegation_id, contract_id),
    CHECK ((proposed_terms IS NULL) = (terms_side IS NULL)),
    CHECK ((proposed_terms IS NULL) = (terms_time IS NULL)),
    CHECK ((state = 'agreed') <= (agree_time IS NOT NULL AND proposed_terms IS NULL))
);
COMMENT ON TABLE contract IS 'kind: party
Contracts of a delegation and their amendments, from the first draft.';
COMMENT ON COLUMN contract.number IS 'Counts contracts and amendments of the delegation in the order in which they were drafted.';
COMMENT ON COLUMN contract.review_days IS 'How many days a review may stay without a move.';
COMMENT ON COLUMN contract.proposed_terms IS 'The message ContractTerms, as proto3 JSON, that terms_side proposed and the other side has not answered.';
COMMENT ON COLUMN contract.content_revision IS 'The revision of the last change of its terms or of the wording of a clause.';
CREATE INDEX contract_by_delegate ON contract (delegate_id, delegation_id, contract_id);
CREATE UNIQUE INDEX contract_negotiated ON contract (owner_id, delegation_id) WHERE kind = 'contract' AND state IN ('draft', 'negotiating', 'agreed');
CALL declare_table('contract');
CALL declare_system_access('contract', 'SELECT, UPDATE');
GRANT SELECT, INSERT, UPDATE ON contract TO {request};

CREATE TABLE contract_clause (
    owner_id        uuid    NOT NULL,
    delegation_id   uuid    NOT NULL,
    delegate_id     uuid    NOT NULL,
    contract_id     uuid    NOT NULL,
    clause_id       uuid    NOT NULL,
    place           integer NOT NULL CHECK (place > 0),
    sort            text    NOT NULL CHECK (sort IN ('clause', 'annex')),
    code            text    NOT NULL CHECK (code ~ '^[A-Z0-9]+([_-][A-Z0-9]+)*$' AND char_length(code) <= 60),
    family          text    NOT NULL CHECK (char_length(family) <= 60),
    library_version integer CHECK (library_version > 0),
    title           text    NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    wording         text    NOT NULL CHECK (char_length(wording) BETWEEN 1 AND 20000),
    requirements    text[]  NOT NULL,
    removed         boolean NOT NULL,
    revision        bigint  NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, contract_id, clause_id),
    UNIQUE (owner_id, delegation_id, contract_id, place) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (owner_id, delegation_id, contract_id, code),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, contract_id) REFERENCES contract (owner_id, delegation_id, contract_id)
);
COMMENT ON TABLE contract_clause IS 'kind: party
Clauses of contracts, and annexes as far as they are part of the text: what each is called and what the contract says of it.';
COMMENT ON COLUMN contract_clause.code IS 'The code of the clause in the library, or one that the parties gave it.';
COMMENT ON COLUMN contract_clause.library_version IS 'The version of the library that it came from; null for a clause of the parties'' own.';
COMMENT ON COLUMN contract_clause.requirements IS 'Ids of the legal requirements that it satisfies.';
COMMENT ON COLUMN contract_clause.removed IS 'Struck out in the negotiation, and to be approved like any other wording: no part of the contract, yet shown until it is signed.';
COMMENT ON COLUMN contract_clause.revision IS 'Counts what was said of the clause, and not what was said about it: reviews and comments change nothing of it.';
CREATE INDEX contract_clause_by_delegate ON contract_clause (delegate_id, delegation_id, contract_id, place);
CALL declare_table('contract_clause');
GRANT SELECT, INSERT, UPDATE, DELETE ON contract_clause TO {request};

CREATE TABLE clause_review (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    contract_id   uuid        NOT NULL,
    clause_id     uuid        NOT NULL,
    side          text        NOT NULL CHECK (side IN ('insurer', 'delegate')),
    department    text        NOT NULL CHECK (department IN ('legal', 'purchasing', 'operations', 'compliance')),
    state         text        NOT NULL CHECK (state IN ('in_progress', 'change_requested', 'approved')),
    since         timestamptz NOT NULL,
    person_id     uuid,
    stall_time    timestamptz CHECK (stall_time >= since AND state <> 'approved'),
    PRIMARY KEY (owner_id, delegation_id, contract_id, clause_id, side, department),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, contract_id, clause_id) REFERENCES contract_clause (owner_id, delegation_id, contract_id, clause_id)
);
COMMENT ON TABLE clause_review IS 'kind: party
What each department of each side says of a clause.';
COMMENT ON COLUMN clause_review.since IS 'When it last moved: the state, or the wording that it is about.';
COMMENT ON COLUMN clause_review.person_id IS 'Who moved it last; null while nobody of the department has.';
COMMENT ON COLUMN clause_review.stall_time IS 'When it was found to have stayed without a move for longer than agreed; null again with its next move.';
CREATE INDEX clause_review_by_delegate ON clause_review (delegate_id, delegation_id, contract_id);
CALL declare_table('clause_review');
CALL declare_system_access('clause_review', 'SELECT, UPDATE');
GRANT SELECT, INSERT, UPDATE ON clause_review TO {request};

CREATE TABLE change_request (
    owner_id          uuid        NOT NULL,
    delegation_id     uuid        NOT NULL,
    delegate_id       uuid        NOT NULL,
    contract_id       uuid        NOT NULL,
    change_request_id uuid        NOT NULL,
    clause_id         uuid        NOT NULL,
    side              text        NOT NULL CHECK (side IN ('insurer', 'delegate')),
    department        text        NOT NULL CHECK (department IN ('legal', 'purchasing', 'operations', 'compliance')),
    state             text        NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn', 'overtaken')),
    -- Whoever refuses a wording says why.
    comment           text        NOT NULL CHECK (char_length(comment) BETWEEN 1 AND 4000),
    wording           text        NOT NULL CHECK (char_length(wording) <= 20000),
    person_id         uuid        NOT NULL,
    create_time       timestamptz NOT NULL,
    answer            text        NOT NULL CHECK (char_length(answer) <= 4000),
    answer_person_id  uuid,
    end_time          timestamptz CHECK ((end_time IS NULL) = (state = 'open')),
    PRIMARY KEY (owner_id, delegation_id, contract_id, change_request_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, contract_id, clause_id) REFERENCES contract_clause (owner_id, delegation_id, contract_id, clause_id),
    CHECK (state <> 'declined' OR answer <> '')
);
COMMENT ON TABLE change_request IS 'kind: party
Changes of a clause that a department asks for, with what the other side answered.';
COMMENT ON COLUMN change_request.wording IS 'The wording that the department would approve; empty when it leaves that to the other side.';
CREATE INDEX change_request_by_delegate ON change_request (delegate_id, delegation_id, contract_id, change_request_id);
CREATE UNIQUE INDEX change_request_open ON change_request (owner_id, delegation_id, contract_id, clause_id, side, department) WHERE state = 'open';
CALL declare_table('change_request');
GRANT SELECT, INSERT, UPDATE ON change_request TO {request};

CREATE TABLE clause_comment (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    contract_id   uuid        NOT NULL,
    comment_id    uuid        NOT NULL,
    clause_id     uuid        NOT NULL,
    side          text        NOT NULL CHECK (side IN ('insurer', 'delegate')),
    visibility    text        NOT NULL CHECK (visibility IN ('both', side)),
    text          text        NOT NULL CHECK (char_length(text) BETWEEN 1 AND 4000),
    person_id     uuid        NOT NULL,
    create_time   timestamptz NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, contract_id, comment_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, contract_id, clause_id) REFERENCES contract_clause (owner_id, delegation_id, contract_id, clause_id)
);
COMMENT ON TABLE clause_comment IS 'kind: party
Comments on clauses, shared or private to the side of their author.';
CREATE INDEX clause_comment_by_clause ON clause_comment (owner_id, delegation_id, contract_id, clause_id, comment_id);
CREATE INDEX clause_comment_by_delegate ON clause_comment (delegate_id, delegation_id, contract_id, clause_id, comment_id);
CALL declare_table('clause_comment');
GRANT SELECT, INSERT ON clause_comment TO {request};

-- What runs without a caller tells the main contacts of a stall: who they are, and nothing by which to reach them.
CALL declare_system_access('delegation_contacts', 'SELECT');
CREATE FUNCTION person_of_member(organization uuid, member_id uuid) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$ SELECT m.person_id FROM public.member m WHERE m.owner_id = organization AND m.member_id = person_of_member.member_id $$;
GRANT EXECUTE ON FUNCTION person_of_member TO {system};
