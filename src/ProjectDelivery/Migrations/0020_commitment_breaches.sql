-- Breaches of commitments (engagements manqués) as Reporting tells them: they tighten cadences and come on agendas.
CREATE TABLE commitment_breach (
    owner_id         uuid        NOT NULL,
    delegation_id    uuid        NOT NULL,
    delegate_id      uuid        NOT NULL,
    measure_id       uuid        NOT NULL,
    title_en         text        NOT NULL,
    title_fr         text        NOT NULL,
    recorded_start   date        NOT NULL,
    recorded_end     date        NOT NULL CHECK (recorded_end >= recorded_start),
    breach_time      timestamptz NOT NULL,
    end_time         timestamptz,
    PRIMARY KEY (owner_id, delegation_id, measure_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE commitment_breach IS 'kind: party
Projection of the measures that say that a commitment was missed beyond its tolerance. Written by what follows Reporting.';
COMMENT ON COLUMN commitment_breach.recorded_start IS 'First day of the period whose measures were recorded at once: its breaches are one piece of news.';
COMMENT ON COLUMN commitment_breach.end_time IS 'When another measure took its place, or both sides agreed that it is none.';
CREATE INDEX commitment_breach_by_period ON commitment_breach (owner_id, delegation_id, recorded_end);
CREATE INDEX commitment_breach_by_delegate ON commitment_breach (delegate_id, delegation_id);
CALL declare_table('commitment_breach');
CALL declare_system_access('commitment_breach', 'SELECT, INSERT, UPDATE');
GRANT SELECT ON commitment_breach TO {request};
