-- The regulatory checklist of a delegation: the insurer's answers on regimes, evidence, and exceptions. Regimes and requirements themselves
-- are data of the service; what is asked for follows from these rows and from the day.
CREATE TABLE regulatory_questionnaire (
    owner_id         uuid        NOT NULL,
    delegation_id    uuid        NOT NULL,
    delegate_id      uuid        NOT NULL,
    questionnaire_id uuid        NOT NULL,
    answers          jsonb       NOT NULL,
    person_id        uuid        NOT NULL,
    answer_time      timestamptz NOT NULL,
    revision         bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE regulatory_questionnaire IS 'kind: party
The answers from which the regimes of a delegation follow; no row before the first.';
COMMENT ON COLUMN regulatory_questionnaire.answers IS 'The message RegulatoryAnswers of the contract, as proto3 JSON.';
CREATE INDEX regulatory_questionnaire_by_delegate ON regulatory_questionnaire (delegate_id, delegation_id);
CALL declare_table('regulatory_questionnaire');
GRANT SELECT, INSERT, UPDATE ON regulatory_questionnaire TO {request};

CREATE TABLE requirement_evidence (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    evidence_id   uuid        NOT NULL,
    kind          text        NOT NULL CHECK (char_length(kind) BETWEEN 1 AND 60),
    requirements  text[]      NOT NULL CHECK (cardinality(requirements) BETWEEN 1 AND 50),
    title         text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    reference     text        NOT NULL CHECK (char_length(reference) <= 500),
    start_day     date        NOT NULL,
    end_day       date        CHECK (end_day >= start_day),
    person_id     uuid        NOT NULL,
    create_time   timestamptz NOT NULL,
    withdraw_time timestamptz CHECK (withdraw_time >= create_time),
    PRIMARY KEY (owner_id, delegation_id, evidence_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE requirement_evidence IS 'kind: party
Dated evidence that a delegation meets requirements. It is never changed, only withdrawn.';
COMMENT ON COLUMN requirement_evidence.requirements IS 'Ids of the requirements that it proves.';
CREATE INDEX requirement_evidence_by_delegate ON requirement_evidence (delegate_id, delegation_id, evidence_id);
CALL declare_table('requirement_evidence');
GRANT SELECT, INSERT, UPDATE ON requirement_evidence TO {request};

CREATE TABLE requirement_exception (
    owner_id       uuid        NOT NULL,
    delegation_id  uuid        NOT NULL,
    delegate_id    uuid        NOT NULL,
    requirement_id text        NOT NULL CHECK (char_length(requirement_id) BETWEEN 1 AND 60),
    exception_id   uuid        NOT NULL,
    kind           text        NOT NULL CHECK (kind IN ('not_applicable', 'waived')),
    motive         text        NOT NULL CHECK (char_length(motive) BETWEEN 1 AND 1000),
    until_day      date        CHECK ((until_day IS NOT NULL) = (kind = 'waived')),
    person_id      uuid        NOT NULL,
    create_time    timestamptz NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, requirement_id),
    UNIQUE (owner_id, delegation_id, exception_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE requirement_exception IS 'kind: party
Requirements that a delegation does not insist on, by decision of the insurer; the journal keeps those that were cleared.';
CREATE INDEX requirement_exception_by_delegate ON requirement_exception (delegate_id, delegation_id, requirement_id);
CALL declare_table('requirement_exception');
GRANT SELECT, INSERT, DELETE ON requirement_exception TO {request};

-- What the insurer of a delegation is, on which some regimes depend. Its profile is its own; to the delegate only this is told.
CREATE FUNCTION insurer_kind(insurer uuid, delegation_id uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$ SELECT o.kind FROM public.organization o WHERE o.owner_id = insurer AND public.acts_as_party(insurer, insurer_kind.delegation_id) $$;
GRANT EXECUTE ON FUNCTION insurer_kind TO {request};
