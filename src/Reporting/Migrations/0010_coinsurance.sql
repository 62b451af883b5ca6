-- Shares of the insurers of a delegation (coassurance), from the journal of Contracts: all of them again whenever it tells of the delegation.
CREATE TABLE insurer_share (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    revision      bigint      NOT NULL CHECK (revision > 0),
    siren         text        COLLATE "C" NOT NULL,
    legal_name    text        NOT NULL,
    share_ppm     integer     NOT NULL CHECK (share_ppm BETWEEN 1 AND 1000000),
    leads         boolean     NOT NULL,
    know_time     timestamptz NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, revision, siren, leads),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE insurer_share IS 'kind: party
Copy from Contracts: the insurer that leads (apériteur) and its co-insurers, with their shares. The last revision counts.';
COMMENT ON COLUMN insurer_share.share_ppm IS 'Share of the risk (quote-part) in millionths; those of a revision come to a million.';
COMMENT ON COLUMN insurer_share.know_time IS 'Since when it was agreed.';
CREATE INDEX insurer_share_by_delegate ON insurer_share (delegate_id, delegation_id);
CALL declare_table('insurer_share');
CALL declare_system_access('insurer_share', 'SELECT, INSERT');
GRANT SELECT ON insurer_share TO {request};
CALL declare_audited('insurer_share', '{figures}');
