-- The end of a delegation (réversibilité): its plan, which both sides validate version by version, rehearsals of it, and exits.
ALTER TABLE joint_version DROP CONSTRAINT joint_version_kind_check;
ALTER TABLE joint_version ADD CONSTRAINT joint_version_kind_check CHECK (kind IN ('commitment', 'neutralisation', 'financial_terms', 'reversibility_plan'));

CREATE TABLE rehearsal (
    owner_id      uuid  NOT NULL,
    delegation_id uuid  NOT NULL,
    delegate_id   uuid  NOT NULL,
    rehearsal_id  uuid  NOT NULL,
    document      jsonb NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, rehearsal_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE rehearsal IS 'kind: party
Rehearsals of the reversibility plan (tests de réversibilité), as they were recorded.';
COMMENT ON COLUMN rehearsal.document IS 'The message Rehearsal, as proto3 JSON.';
CREATE INDEX rehearsal_by_delegate ON rehearsal (delegate_id, delegation_id, rehearsal_id);
CALL declare_table('rehearsal');
GRANT SELECT, INSERT ON rehearsal TO {request};

CREATE TABLE delegation_exit (
    owner_id      uuid   NOT NULL,
    delegation_id uuid   NOT NULL,
    delegate_id   uuid   NOT NULL,
    exit_id       uuid   NOT NULL,
    state         text   NOT NULL CHECK (state IN ('open', 'called_off', 'closed')),
    phase         text   NOT NULL CHECK (phase IN ('notice', 'inventory', 'dry_runs', 'freeze', 'take_back', 'run_off', 'closure')),
    document      jsonb  NOT NULL,
    revision      bigint NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, exit_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE delegation_exit IS 'kind: party
The end of a delegation (sortie): one that is open, and those that were called off.';
COMMENT ON COLUMN delegation_exit.document IS 'The message Exit without criteria and etag, as proto3 JSON.';
CREATE INDEX delegation_exit_by_delegate ON delegation_exit (delegate_id, delegation_id, exit_id);
CREATE UNIQUE INDEX delegation_exit_one ON delegation_exit (owner_id, delegation_id) WHERE state <> 'called_off';
CREATE INDEX delegation_exit_by_id ON delegation_exit (owner_id, exit_id);
CALL declare_table('delegation_exit');
CALL declare_system_access('delegation_exit', 'SELECT, UPDATE');
GRANT SELECT, INSERT, UPDATE ON delegation_exit TO {request};

-- A delegation is frozen, opened again and closed by its end.
GRANT UPDATE (state) ON delegation TO {request};

CREATE TABLE exit_archive (
    owner_id        uuid        NOT NULL,
    delegation_id   uuid        NOT NULL,
    delegate_id     uuid        NOT NULL,
    exit_id         uuid        NOT NULL,
    side            text        NOT NULL CHECK (side IN ('insurer', 'delegate')),
    manifest_sha256 text        NOT NULL CHECK (manifest_sha256 ~ '^[0-9a-f]{64}$'),
    person_id       uuid        NOT NULL,
    create_time     timestamptz NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, exit_id, side, manifest_sha256),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE exit_archive IS 'kind: party
Archives of the record of a delegation that were given to a side, by the hash of their manifest.';
CREATE INDEX exit_archive_by_delegate ON exit_archive (delegate_id, delegation_id, exit_id);
CALL declare_table('exit_archive');
GRANT SELECT, INSERT ON exit_archive TO {request};

-- What runs without a caller closes the delegation, and says whose it was.
CALL declare_system_access('delegation_profile', 'SELECT');
