-- The delegate's yearly report on its management to the insurer's board (rapport annuel de gestion déléguée).
CREATE TABLE yearly_report_terms (
    owner_id      uuid    NOT NULL,
    delegation_id uuid    NOT NULL,
    delegate_id   uuid    NOT NULL,
    first_year    integer NOT NULL CHECK (first_year BETWEEN 2000 AND 2200),
    first_due_day date    NOT NULL,
    basis         text    NOT NULL CHECK (basis IN ('mutual_code', 'agreed')),
    agreement     text    NOT NULL CHECK (char_length(agreement) <= 500),
    next_year     integer NOT NULL CHECK (next_year >= first_year),
    revision      bigint  NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    CHECK ((basis = 'agreed') = (agreement <> ''))
);
COMMENT ON TABLE yearly_report_terms IS 'kind: party
From which year on the delegate reports to the insurer''s board, by when, and why.';
CREATE INDEX yearly_report_terms_by_delegate ON yearly_report_terms (delegate_id, delegation_id);
CALL declare_table('yearly_report_terms');
CALL declare_system_access('yearly_report_terms', 'SELECT, UPDATE');
GRANT SELECT, INSERT, UPDATE ON yearly_report_terms TO {request};

CREATE TABLE yearly_report (
    owner_id      uuid    NOT NULL,
    delegation_id uuid    NOT NULL,
    delegate_id   uuid    NOT NULL,
    report_id     uuid    NOT NULL,
    year          integer NOT NULL,
    due_day       date    NOT NULL,
    state         text    NOT NULL CHECK (state IN ('expected', 'submitted', 'presented')),
    document      jsonb   NOT NULL,
    revision      bigint  NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, report_id),
    UNIQUE (owner_id, delegation_id, year),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE yearly_report IS 'kind: party
Reports that are expected, submitted, or presented to the board.';
COMMENT ON COLUMN yearly_report.document IS 'The message YearlyReport without versions and etag, as proto3 JSON.';
CREATE INDEX yearly_report_by_delegate ON yearly_report (delegate_id, delegation_id, report_id);
CREATE INDEX yearly_report_by_id ON yearly_report (owner_id, report_id);
CALL declare_table('yearly_report');
CALL declare_system_access('yearly_report', 'SELECT, INSERT, UPDATE');
GRANT SELECT, INSERT, UPDATE ON yearly_report TO {request};

CREATE TABLE yearly_report_version (
    owner_id      uuid   NOT NULL,
    delegation_id uuid   NOT NULL,
    delegate_id   uuid   NOT NULL,
    report_id     uuid   NOT NULL,
    version_id    uuid   NOT NULL,
    visibility    text   NOT NULL CHECK (visibility IN ('both', 'delegate')),
    document      jsonb  NOT NULL,
    revision      bigint NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, report_id, version_id),
    FOREIGN KEY (owner_id, delegation_id, report_id) REFERENCES yearly_report (owner_id, delegation_id, report_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE yearly_report_version IS 'kind: party
Versions of reports; a draft is the delegate''s alone.';
COMMENT ON COLUMN yearly_report_version.document IS 'The message YearlyReportVersion, as proto3 JSON.';
CREATE INDEX yearly_report_version_by_delegate ON yearly_report_version (delegate_id, delegation_id, report_id);
CREATE UNIQUE INDEX yearly_report_version_draft ON yearly_report_version (owner_id, delegation_id, report_id) WHERE visibility = 'delegate';
CALL declare_table('yearly_report_version');
CALL declare_system_access('yearly_report_version', 'SELECT');
GRANT SELECT, INSERT, UPDATE ON yearly_report_version TO {request};

-- What was submitted does not change, whoever writes.
CREATE FUNCTION submitted_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version that was submitted does not change' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER submitted_stays BEFORE UPDATE ON yearly_report_version FOR EACH ROW WHEN (OLD.visibility = 'both') EXECUTE FUNCTION submitted_stays();

CALL declare_audited('yearly_report_terms', '{governance}');
CALL declare_audited('yearly_report', '{governance}');
CALL declare_audited('yearly_report_version', '{governance}');
-- Why there is a report is asked of the regulatory file.
DROP POLICY auditor ON regulatory_questionnaire;
CALL declare_audited('regulatory_questionnaire', '{contract,governance}');
