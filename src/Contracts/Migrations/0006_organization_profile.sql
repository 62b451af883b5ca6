-- What an organisation says of itself beside its name and SIREN. The lists are JSON arrays of the contract's messages: they are read and
-- replaced as a whole.
ALTER TABLE organization
    ADD COLUMN lei                 text  NOT NULL DEFAULT '' CHECK (lei ~ '^([A-Z0-9]{20})?$'),
    ADD COLUMN acpr_number         text  NOT NULL DEFAULT '' CHECK (acpr_number ~ '^[A-Z0-9]{0,20}$'),
    ADD COLUMN orias_number        text  NOT NULL DEFAULT '' CHECK (orias_number ~ '^([0-9]{8})?$'),
    ADD COLUMN foreign_identifiers jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN departments         jsonb NOT NULL DEFAULT '[]';

-- Kind and SIREN are what an organisation is, and do not change.
GRANT UPDATE (legal_name, lei, acpr_number, orias_number, foreign_identifiers, departments, revision) ON organization TO {request};
