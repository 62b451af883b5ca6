-- What references of contracts mean, since when. Lines and cells keep the reference that they came with: figures take the number that it means at the
-- time of asking, so that a decision moves figures at once, and what was known at an earlier instant stays answerable.
CREATE TABLE contract_meaning (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    reference     text        COLLATE "C" NOT NULL,
    revision      bigint      NOT NULL CHECK (revision > 0),
    number        text        COLLATE "C",
    record_time   timestamptz NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, reference, revision),
    FOREIGN KEY (owner_id, delegation_id, reference) REFERENCES contract_match (owner_id, delegation_id, reference),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE contract_meaning IS 'kind: party
Numbers of the insurer that references of contracts mean: matched without doubt, or decided by a person. The last revision counts.';
COMMENT ON COLUMN contract_meaning.number IS 'Null where it was decided that it means none: figures show the reference.';
CREATE INDEX contract_meaning_by_delegate ON contract_meaning (delegate_id, delegation_id);
CALL declare_table('contract_meaning');
GRANT SELECT, INSERT ON contract_meaning TO {request};
CALL declare_audited('contract_meaning', '{figures}');

INSERT INTO contract_meaning (owner_id, delegation_id, delegate_id, reference, revision, number, record_time)
SELECT m.owner_id, m.delegation_id, m.delegate_id, m.reference, m.revision, CASE m.state WHEN 'rejected' THEN NULL ELSE m.number END,
       coalesce(m.decide_time, i.apply_time)
FROM contract_match m
JOIN import i ON i.owner_id = m.owner_id AND i.delegation_id = m.delegation_id AND i.import_id = m.import_id
WHERE m.state <> 'doubtful';
