-- Reports that come late (reportings en retard) are breaches too.
ALTER TABLE commitment_breach ADD COLUMN object_type text NOT NULL DEFAULT 'commitment_measure' CHECK (object_type IN ('commitment_measure', 'report'));
COMMENT ON TABLE commitment_breach IS 'kind: party
Projection of what Reporting holds to be a breach: measures that say that a commitment was missed beyond its tolerance, and reports that came late.';
COMMENT ON COLUMN commitment_breach.measure_id IS 'The measure, or the report that came late.';
COMMENT ON COLUMN commitment_breach.recorded_start IS 'First day of the period whose measures were recorded at once, or that the report tells: the breaches of one period are one piece of news.';
