-- Files of a delegation, as rows of up to 256 KiB, so that they are written and read in constant memory, in the transaction that wants them,
-- and come and go with the database.
CREATE TABLE file (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    file_id       uuid        NOT NULL,
    visibility    text        NOT NULL CHECK (visibility IN ('both', 'insurer', 'delegate')),
    size_bytes    bigint      NOT NULL CHECK (size_bytes > 0),
    sha256        text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    create_time   timestamptz NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, file_id),
    UNIQUE (owner_id, delegation_id, file_id, visibility),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE file IS 'kind: party
Files, which never change; what they are called and for what they are is said by the rows that name them.';
CREATE INDEX file_by_delegate ON file (delegate_id, delegation_id, file_id);
CALL declare_table('file');
GRANT SELECT, INSERT, UPDATE (visibility) ON file TO {request};

CREATE TABLE file_chunk (
    owner_id      uuid    NOT NULL,
    delegation_id uuid    NOT NULL,
    delegate_id   uuid    NOT NULL,
    file_id       uuid    NOT NULL,
    place         integer NOT NULL CHECK (place >= 0),
    visibility    text    NOT NULL,
    bytes         bytea   NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 262144),
    PRIMARY KEY (owner_id, delegation_id, file_id, place),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    -- Whoever sees a file sees its bytes, and nobody else.
    FOREIGN KEY (owner_id, delegation_id, file_id, visibility) REFERENCES file (owner_id, delegation_id, file_id, visibility) ON UPDATE CASCADE
);
COMMENT ON TABLE file_chunk IS 'kind: party
The bytes of files, in their order.';
-- Most formats of files are compressed already.
ALTER TABLE file_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE INDEX file_chunk_by_delegate ON file_chunk (delegate_id, delegation_id, file_id, place);
CALL declare_table('file_chunk');
GRANT SELECT, INSERT ON file_chunk TO {request};
