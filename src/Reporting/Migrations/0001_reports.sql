-- Reports (reportings): each an obligation with a due day, until it is published.
CREATE TABLE report (
    owner_id         uuid        NOT NULL,
    delegation_id    uuid        NOT NULL,
    delegate_id      uuid        NOT NULL,
    report_id        uuid        NOT NULL,
    kind             text        NOT NULL CHECK (kind IN ('technical', 'operational')),
    period_start_day date        NOT NULL,
    period_end_day   date        NOT NULL CHECK (period_end_day >= period_start_day),
    due_day          date        NOT NULL,
    publish_time     timestamptz,
    PRIMARY KEY (owner_id, delegation_id, report_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE report IS 'kind: party
Reports that are due, and those that were published.';
CREATE INDEX report_by_period ON report (owner_id, delegation_id, period_end_day DESC, report_id);
CREATE INDEX report_by_delegate ON report (delegate_id, delegation_id);
CALL declare_table('report');
GRANT SELECT ON report TO {request};
