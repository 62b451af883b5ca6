-- Organisations (organismes): insurers and delegates. A row belongs to the organisation that it describes, so its key is the
-- owner's: every key of an organisation's data starts with owner_id, and nobody learns from a key what others hold.
CREATE TABLE organization (
    owner_id    uuid        PRIMARY KEY,
    kind        text        NOT NULL CHECK (kind IN ('insurance_company', 'mutual', 'provident_institution', 'delegate')),
    legal_name  text        NOT NULL CHECK (char_length(legal_name) BETWEEN 1 AND 200),
    -- Not unique: registering claims a SIREN and proves nothing, and a refusal would tell who is here.
    siren       text        NOT NULL CHECK (siren ~ '^[0-9]{9}$'),
    create_time timestamptz NOT NULL
);

GRANT SELECT, INSERT ON organization TO contracts;
