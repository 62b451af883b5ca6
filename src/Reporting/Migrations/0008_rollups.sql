-- What lines add up to (cumuls), so that a report costs its cells and not its lines. Every import adds the cells of the lines that it told, and with the
-- opposite sign those of the lines that it ended: cells never change, what was known once import n was applied is the sum of those with
-- import_number <= n, and all of them follow from the lines again.
--
-- A theme is a set of codes by which lines are told apart; the columns of the others are null. A total of one theme is that of every other.
-- Months are their first day, money is in cents.
CREATE TABLE benefit_cell (
    owner_id           uuid    NOT NULL,
    delegation_id      uuid    NOT NULL,
    delegate_id        uuid    NOT NULL,
    expenses           bigint  NOT NULL,
    compulsory_base    bigint  NOT NULL,
    compulsory_paid    bigint  NOT NULL,
    benefit            bigint  NOT NULL,
    other_paid         bigint  NOT NULL,
    out_of_pocket      bigint  NOT NULL,
    acts               bigint  NOT NULL,
    lines              bigint  NOT NULL,
    import_number      integer NOT NULL,
    accounting_month   date    NOT NULL,
    occurrence_month   date    NOT NULL,
    individual         boolean NOT NULL,
    theme              text    COLLATE "C" NOT NULL CHECK (theme IN ('category', 'act', 'contract', 'contract_category', 'person', 'region')),
    product            text    COLLATE "C" NOT NULL,
    contract_reference text    COLLATE "C",
    college            text    COLLATE "C",
    level              text    COLLATE "C",
    category           text    COLLATE "C",
    act                text    COLLATE "C",
    basket             text    COLLATE "C",
    beneficiary_kind   text    COLLATE "C",
    age_band           text    COLLATE "C",
    sex                text    COLLATE "C",
    region             text    COLLATE "C",
    cell_number        bigint  GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (owner_id, delegation_id, cell_number),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE benefit_cell IS 'kind: party
Benefits by month of the books, month of care and the codes of a theme: what each import added.';

CREATE TABLE premium_cell (
    owner_id           uuid    NOT NULL,
    delegation_id      uuid    NOT NULL,
    delegate_id        uuid    NOT NULL,
    called             bigint  NOT NULL,
    collected          bigint  NOT NULL,
    earned             bigint  NOT NULL,
    tax                bigint  NOT NULL,
    lines              bigint  NOT NULL,
    import_number      integer NOT NULL,
    accounting_month   date    NOT NULL,
    occurrence_month   date    NOT NULL,
    individual         boolean NOT NULL,
    theme              text    COLLATE "C" NOT NULL CHECK (theme = 'contract'),
    product            text    COLLATE "C" NOT NULL,
    contract_reference text    COLLATE "C" NOT NULL,
    college            text    COLLATE "C" NOT NULL,
    cell_number        bigint  GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (owner_id, delegation_id, cell_number),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE premium_cell IS 'kind: party
Premiums by month of the books, month of cover and contract: what each import added.';

CREATE TABLE membership_cell (
    owner_id           uuid    NOT NULL,
    delegation_id      uuid    NOT NULL,
    delegate_id        uuid    NOT NULL,
    exposure_days      bigint  NOT NULL,
    insured            bigint  NOT NULL,
    entries            bigint  NOT NULL,
    exits              bigint  NOT NULL,
    lines              bigint  NOT NULL,
    import_number      integer NOT NULL,
    accounting_month   date    NOT NULL,
    occurrence_month   date    NOT NULL,
    individual         boolean NOT NULL,
    theme              text    COLLATE "C" NOT NULL CHECK (theme IN ('contract', 'person', 'region')),
    product            text    COLLATE "C" NOT NULL,
    contract_reference text    COLLATE "C",
    college            text    COLLATE "C",
    beneficiary_kind   text    COLLATE "C",
    age_band           text    COLLATE "C",
    sex                text    COLLATE "C",
    region             text    COLLATE "C",
    cell_number        bigint  GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (owner_id, delegation_id, cell_number),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE membership_cell IS 'kind: party
Who is covered by month and the codes of a theme: what each import added. A month of cover is the same in both views.';

-- Alike for the three; whoever rebuilds cells reads the lines of all.
DO $$
DECLARE
    cells text;
BEGIN
    FOREACH cells IN ARRAY ARRAY['benefit_cell', 'premium_cell', 'membership_cell'] LOOP
        EXECUTE format('CREATE INDEX ON %I (owner_id, delegation_id, theme, accounting_month)', cells);
        EXECUTE format('CREATE INDEX ON %I (owner_id, delegation_id, theme, occurrence_month)', cells);
        EXECUTE format('CREATE INDEX ON %I (delegate_id, delegation_id)', cells);
        CALL declare_table(cells::regclass);
        CALL declare_system_access(cells::regclass, 'SELECT, INSERT, DELETE');
        EXECUTE format('GRANT SELECT, INSERT ON %I TO {request}', cells);
        CALL declare_system_access(replace(cells, '_cell', '_line')::regclass, 'SELECT');
    END LOOP;
END $$;

-- Figures of the insurer's own accounts, which it alone sees. None changes: a later one of the same kind, year and valuation day counts in its place.
CREATE TABLE technical_input (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    visibility    text        NOT NULL CHECK (visibility = 'insurer'),
    input_id      uuid        NOT NULL,
    kind          text        NOT NULL CHECK (kind IN ('provision', 'management_costs', 'contributions')),
    year          integer     NOT NULL CHECK (year BETWEEN 2000 AND 2100),
    valuation_day date        CHECK ((valuation_day IS NOT NULL) = (kind = 'provision')),
    amount        bigint      NOT NULL,
    person_id     uuid        NOT NULL,
    record_time   timestamptz NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, input_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE technical_input IS 'kind: party
Provisions, costs and contributions that the insurer gives, in cents.';
CREATE INDEX technical_input_by_delegate ON technical_input (delegate_id, delegation_id);
CALL declare_table('technical_input');
GRANT SELECT, INSERT ON technical_input TO {request};

-- What the figures follow from; auditors see nothing that is the insurer's alone.
DO $$
DECLARE
    source text;
BEGIN
    FOREACH source IN ARRAY ARRAY['benefit_cell', 'premium_cell', 'membership_cell', 'technical_input', 'noemie_link_line', 'noemie_rejection_line', 'accounting_day_line'] LOOP
        CALL declare_audited(source::regclass, '{figures}');
    END LOOP;
END $$;
