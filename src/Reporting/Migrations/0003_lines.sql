-- Lines of imports: premiums, benefits, membership, NOEMIE counts and samples of quality. There are millions of them, so they have a form of the kind
-- party of their own (kind: party, lines): the parties are those of their import, which the policy checks once per statement in place of a
-- foreign key per line, and they are reached by their delegation, which both sides know, so that the delegate's side needs no index.
--
-- A line counts from the import import_number until the import end_number, which told otherwise or left it out; 2147483647 as long as there is
-- none. What was known once import n was applied: import_number <= n AND end_number > n. Numbers grow within a delegation and kind.
-- Money is in cents. Months are their first day. Codes are those of the contract, in lower case.

-- Made outside the transactions that use it, so that nobody waits for a number. Gaps mean nothing.
CREATE SEQUENCE import_number AS integer;
GRANT USAGE ON SEQUENCE import_number TO {request};

ALTER TABLE import
    DROP CONSTRAINT import_kind_check,
    ADD CONSTRAINT import_kind_check CHECK (kind IN ('operations', 'premiums', 'benefits', 'membership', 'noemie_links', 'noemie_rejections', 'accounting_days',
                                                     'quality_samples')),
    DROP CONSTRAINT import_mode_check,
    ADD CONSTRAINT import_mode_check CHECK (mode IN ('complete', 'replace', 'correct')),
    ADD number          integer,
    ADD ended_lines     bigint NOT NULL DEFAULT 0,
    ADD read_amount     bigint NOT NULL DEFAULT 0,
    ADD accepted_amount bigint NOT NULL DEFAULT 0,
    ADD rejected_amount bigint NOT NULL DEFAULT 0,
    ADD totals          jsonb  NOT NULL DEFAULT '[]',
    ADD warnings        jsonb  NOT NULL DEFAULT '[]',
    ADD columns         text[] NOT NULL DEFAULT '{}',
    ADD new_columns     text[] NOT NULL DEFAULT '{}',
    ADD missing_columns text[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT import_amounts CHECK (read_amount = accepted_amount + rejected_amount),
    ADD CONSTRAINT import_number_key UNIQUE (owner_id, number);
COMMENT ON COLUMN import.number IS 'What its lines name it by; null before it is applied.';
COMMENT ON COLUMN import.read_amount IS 'Cents of all columns of money of all lines, as far as they can be read.';
COMMENT ON COLUMN import.totals IS 'The same for each column: an array of messages ImportTotal in proto3 JSON.';
COMMENT ON COLUMN import.warnings IS 'What was taken and looks wrong: an array of messages Rejections in proto3 JSON.';
COMMENT ON COLUMN import.columns IS 'The headers of the file.';

ALTER TABLE import_mapping
    DROP CONSTRAINT import_mapping_kind_check,
    ADD CONSTRAINT import_mapping_kind_check CHECK (kind IN ('operations', 'premiums', 'benefits', 'membership', 'noemie_links', 'noemie_rejections',
                                                             'accounting_days', 'quality_samples'));

-- Protects a table of lines, and finds its lines by import: those of one lie side by side.
CREATE PROCEDURE declare_lines(target regclass) LANGUAGE plpgsql AS $$
BEGIN
    CALL declare_table(target);
    -- Not referenced but looked up, in a hash that is made once per statement: a foreign key would look into its table once per line.
    EXECUTE format(
        'ALTER POLICY tenant ON %s WITH CHECK (is_party(owner_id, delegate_id, (SELECT app_org()))
             AND (owner_id, delegation_id, delegate_id, import_number) IN (SELECT i.owner_id, i.delegation_id, i.delegate_id, i.number FROM import i))', target);
    EXECUTE format('CREATE INDEX ON %s USING brin (import_number)', target);
    EXECUTE format('CREATE INDEX ON %s (owner_id, end_number) WHERE end_number < 2147483647', target);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE (end_number) ON %s TO {request}', target);
END $$;

CREATE TABLE premium_line (
    owner_id           uuid     NOT NULL,
    delegation_id      uuid     NOT NULL,
    delegate_id        uuid     NOT NULL,
    called             bigint   NOT NULL,
    collected          bigint   NOT NULL,
    earned             bigint   NOT NULL,
    tax                bigint   NOT NULL,
    import_number      integer  NOT NULL,
    end_number         integer  NOT NULL DEFAULT 2147483647,
    line               integer  NOT NULL,
    month              date     NOT NULL,
    entry_day          date     NOT NULL,
    individual         boolean  NOT NULL,
    reference          text     COLLATE "C" NOT NULL,
    contract_reference text     COLLATE "C" NOT NULL,
    product            text     COLLATE "C" NOT NULL,
    college            text     COLLATE "C" NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, reference, end_number)
);
COMMENT ON TABLE premium_line IS 'kind: party, lines
Premiums (cotisations) called, collected and earned, and taxes, for a month of cover.';
COMMENT ON COLUMN premium_line.entry_day IS 'Day of the books.';
CALL declare_lines('premium_line');

CREATE TABLE benefit_line (
    owner_id           uuid     NOT NULL,
    delegation_id      uuid     NOT NULL,
    delegate_id        uuid     NOT NULL,
    expenses           bigint   NOT NULL,
    compulsory_base    bigint   NOT NULL,
    compulsory_paid    bigint   NOT NULL,
    benefit            bigint   NOT NULL,
    other_paid         bigint   NOT NULL,
    out_of_pocket      bigint   NOT NULL,
    import_number      integer  NOT NULL,
    end_number         integer  NOT NULL DEFAULT 2147483647,
    line               integer  NOT NULL,
    acts               integer  NOT NULL,
    care_day           date     NOT NULL,
    payment_day        date     NOT NULL,
    individual         boolean  NOT NULL,
    reference          text     COLLATE "C" NOT NULL,
    contract_reference text     COLLATE "C" NOT NULL,
    product            text     COLLATE "C" NOT NULL,
    category           text     COLLATE "C" NOT NULL,
    act                text     COLLATE "C" NOT NULL,
    basket             text     COLLATE "C" NOT NULL,
    college            text     COLLATE "C" NOT NULL,
    level              text     COLLATE "C" NOT NULL,
    beneficiary_kind   text     COLLATE "C" NOT NULL,
    age_band           text     COLLATE "C" NOT NULL,
    sex                text     COLLATE "C" NOT NULL,
    region             text     COLLATE "C" NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, reference, end_number)
);
COMMENT ON TABLE benefit_line IS 'kind: party, lines
Benefits (prestations), a line per act or group of acts.';
COMMENT ON COLUMN benefit_line.care_day IS 'Of the occurrence view (survenance).';
COMMENT ON COLUMN benefit_line.payment_day IS 'Of the accounting view (comptable).';
COMMENT ON COLUMN benefit_line.category IS 'Poste.';
CALL declare_lines('benefit_line');

CREATE TABLE membership_line (
    owner_id           uuid     NOT NULL,
    delegation_id      uuid     NOT NULL,
    delegate_id        uuid     NOT NULL,
    exposure_days      bigint   NOT NULL,
    import_number      integer  NOT NULL,
    end_number         integer  NOT NULL DEFAULT 2147483647,
    line               integer  NOT NULL,
    month              date     NOT NULL,
    insured            integer  NOT NULL,
    entries            integer  NOT NULL,
    exits              integer  NOT NULL,
    individual         boolean  NOT NULL,
    reference          text     COLLATE "C" NOT NULL,
    contract_reference text     COLLATE "C" NOT NULL,
    product            text     COLLATE "C" NOT NULL,
    college            text     COLLATE "C" NOT NULL,
    beneficiary_kind   text     COLLATE "C" NOT NULL,
    age_band           text     COLLATE "C" NOT NULL,
    sex                text     COLLATE "C" NOT NULL,
    region             text     COLLATE "C" NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, reference, end_number)
);
COMMENT ON TABLE membership_line IS 'kind: party, lines
Who is covered (effectifs): heads at the end of a month, and the days of cover in it, for each group.';
COMMENT ON COLUMN membership_line.reference IS 'Its group, made of the codes.';
CALL declare_lines('membership_line');

CREATE TABLE noemie_link_line (
    owner_id           uuid     NOT NULL,
    delegation_id      uuid     NOT NULL,
    delegate_id        uuid     NOT NULL,
    import_number      integer  NOT NULL,
    end_number         integer  NOT NULL DEFAULT 2147483647,
    line               integer  NOT NULL,
    observation_day    date     NOT NULL,
    active             integer  NOT NULL,
    inactive           integer  NOT NULL,
    not_eligible       integer  NOT NULL,
    individual         boolean  NOT NULL,
    reference          text     COLLATE "C" NOT NULL,
    contract_reference text     COLLATE "C" NOT NULL,
    product            text     COLLATE "C" NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, reference, end_number)
);
COMMENT ON TABLE noemie_link_line IS 'kind: party, lines
Links to the compulsory scheme (rattachements NOEMIE) on a day of observation, counted for each contract and product.';
CALL declare_lines('noemie_link_line');

CREATE TABLE noemie_rejection_line (
    owner_id           uuid     NOT NULL,
    delegation_id      uuid     NOT NULL,
    delegate_id        uuid     NOT NULL,
    import_number      integer  NOT NULL,
    end_number         integer  NOT NULL DEFAULT 2147483647,
    line               integer  NOT NULL,
    receive_day        date     NOT NULL,
    rejections         integer  NOT NULL,
    treated            integer  NOT NULL,
    average_age_days   double precision NOT NULL,
    reference          text     COLLATE "C" NOT NULL,
    contract_reference text     COLLATE "C" NOT NULL,
    flow               text     COLLATE "C" NOT NULL,
    reason_code        text     COLLATE "C" NOT NULL,
    label              text     COLLATE "C" NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, reference, end_number)
);
COMMENT ON TABLE noemie_rejection_line IS 'kind: party, lines
Links that the compulsory scheme rejected (rejets de rattachement), counted for each contract and reason.';
CALL declare_lines('noemie_rejection_line');

CREATE TABLE accounting_day_line (
    owner_id       uuid     NOT NULL,
    delegation_id  uuid     NOT NULL,
    delegate_id    uuid     NOT NULL,
    amount         bigint   NOT NULL,
    import_number  integer  NOT NULL,
    end_number     integer  NOT NULL DEFAULT 2147483647,
    line           integer  NOT NULL,
    accounting_day date     NOT NULL,
    statements     integer  NOT NULL,
    received       boolean  NOT NULL,
    reference      text     COLLATE "C" NOT NULL,
    scheme         text     COLLATE "C" NOT NULL,
    centre         text     COLLATE "C" NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, reference, end_number)
);
COMMENT ON TABLE accounting_day_line IS 'kind: party, lines
Accounting days of the compulsory schemes (journées comptables): whether they came, with how many statements and which amount.';
CALL declare_lines('accounting_day_line');

CREATE TABLE quality_sample (
    owner_id            uuid    NOT NULL,
    delegation_id       uuid    NOT NULL,
    delegate_id         uuid    NOT NULL,
    amount              bigint  NOT NULL,
    deviation           bigint  NOT NULL,
    import_number       integer NOT NULL,
    end_number          integer NOT NULL DEFAULT 2147483647,
    line                integer NOT NULL,
    check_day           date    NOT NULL,
    erroneous           boolean NOT NULL,
    reference           text    COLLATE "C" NOT NULL,
    operation_kind      text    COLLATE "C" NOT NULL,
    operation_reference text    COLLATE "C" NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, reference, end_number)
);
COMMENT ON TABLE quality_sample IS 'kind: party, lines
Operations that were checked (échantillons de qualité), with what was found.';
COMMENT ON COLUMN quality_sample.deviation IS 'What was paid too much (above 0) or too little (below).';
COMMENT ON COLUMN quality_sample.operation_reference IS 'Empty where the sample names none.';
CALL declare_lines('quality_sample');

-- What reports of a period read where no rollup has it, and what a file that replaces a period takes the place of.
CREATE INDEX premium_line_by_day ON premium_line USING brin (month, entry_day);
CREATE INDEX benefit_line_by_day ON benefit_line USING brin (payment_day, care_day);

-- The insurer's contract numbers, and what the delegate's references of contracts mean.
CREATE TABLE insurer_contract (
    owner_id      uuid NOT NULL,
    delegation_id uuid NOT NULL,
    delegate_id   uuid NOT NULL,
    number        text COLLATE "C" NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, number),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE insurer_contract IS 'kind: party
Projection of the reference data of delegations: the numbers of the insurer''s contracts.';
CREATE INDEX insurer_contract_by_delegate ON insurer_contract (delegate_id, delegation_id);
CALL declare_table('insurer_contract');
CALL declare_system_access('insurer_contract', 'SELECT, INSERT, DELETE');
GRANT SELECT ON insurer_contract TO {request};

CREATE TABLE contract_match (
    owner_id        uuid        NOT NULL,
    delegation_id   uuid        NOT NULL,
    delegate_id     uuid        NOT NULL,
    match_id        uuid        NOT NULL,
    reference       text        COLLATE "C" NOT NULL,
    number          text        COLLATE "C",
    confidence      integer     NOT NULL CHECK (confidence BETWEEN 0 AND 100),
    state           text        NOT NULL CHECK (state IN ('matched', 'doubtful', 'confirmed', 'rejected')),
    lines           bigint      NOT NULL,
    import_id       uuid        NOT NULL,
    person_id       uuid,
    decide_time     timestamptz,
    revision        bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, match_id),
    UNIQUE (owner_id, delegation_id, reference),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, import_id) REFERENCES import (owner_id, delegation_id, import_id),
    CHECK (state NOT IN ('matched', 'confirmed') OR number IS NOT NULL),
    CHECK ((state IN ('confirmed', 'rejected')) = (decide_time IS NOT NULL))
);
COMMENT ON TABLE contract_match IS 'kind: party
References of contracts in lines that are no number of the insurer as they stand, with the number that each means.';
COMMENT ON COLUMN contract_match.number IS 'The one that is meant, or the nearest; null where none is near or it means none.';
COMMENT ON COLUMN contract_match.lines IS 'Of the import that had it first.';
CREATE INDEX contract_match_by_delegate ON contract_match (delegate_id, delegation_id);
CALL declare_table('contract_match');
GRANT SELECT, INSERT, UPDATE (number, state, person_id, decide_time, revision) ON contract_match TO {request};
