-- What both sides validate version by version: commitments of the service-level agreement (engagements de service), periods that do not count for
-- them, and the terms of money.

CREATE TABLE joint_version (
    owner_id              uuid        NOT NULL,
    delegation_id         uuid        NOT NULL,
    delegate_id           uuid        NOT NULL,
    version_id            uuid        NOT NULL,
    kind                  text        NOT NULL CHECK (kind IN ('commitment', 'neutralisation', 'financial_terms')),
    subject_id            uuid        NOT NULL,
    about_id              uuid        CHECK (about_id IS NULL OR kind = 'neutralisation'),
    number                integer     NOT NULL CHECK (number > 0),
    state                 text        NOT NULL CHECK (state IN ('proposed', 'validated', 'superseded', 'withdrawn')),
    effective_day         date        NOT NULL,
    last_day              date        CHECK (last_day >= effective_day),
    superseded_on_day     date        CHECK (superseded_on_day >= effective_day),
    supersede_time        timestamptz,
    terms                 jsonb       NOT NULL,
    proposed_by           text        NOT NULL CHECK (proposed_by IN ('insurer', 'delegate')),
    insurer_person_id     uuid,
    insurer_consent_time  timestamptz,
    delegate_person_id    uuid,
    delegate_consent_time timestamptz,
    create_time           timestamptz NOT NULL,
    validate_time         timestamptz,
    content_revision      bigint      NOT NULL CHECK (content_revision > 0),
    revision              bigint      NOT NULL CHECK (revision >= content_revision),
    PRIMARY KEY (owner_id, delegation_id, version_id),
    UNIQUE (owner_id, delegation_id, subject_id, number),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    -- Nothing two-sided takes effect by one side.
    CHECK (state NOT IN ('validated', 'superseded') OR insurer_consent_time IS NOT NULL AND delegate_consent_time IS NOT NULL AND validate_time IS NOT NULL),
    CHECK ((state = 'superseded') = (superseded_on_day IS NOT NULL)),
    CHECK ((superseded_on_day IS NULL) = (supersede_time IS NULL))
);
COMMENT ON TABLE joint_version IS 'kind: party
Versions of what both sides of a delegation validate.';
COMMENT ON COLUMN joint_version.subject_id IS 'What it is a version of: the id of its first version.';
COMMENT ON COLUMN joint_version.about_id IS 'Of a neutralisation, the commitment whose measures do not count; null for all.';
COMMENT ON COLUMN joint_version.terms IS 'What it says: for each kind a message of the contract, as proto3 JSON.';
COMMENT ON COLUMN joint_version.content_revision IS 'The revision of the last change of what is to be consented to; consents count from there.';
CREATE INDEX joint_version_by_kind ON joint_version (owner_id, delegation_id, kind, version_id);
CREATE INDEX joint_version_by_delegate ON joint_version (delegate_id, delegation_id, version_id);
CREATE UNIQUE INDEX joint_version_open ON joint_version (owner_id, delegation_id, subject_id) WHERE state = 'proposed';
CREATE UNIQUE INDEX joint_version_validated ON joint_version (owner_id, delegation_id, subject_id) WHERE state = 'validated';
CALL declare_table('joint_version');
GRANT SELECT, INSERT, UPDATE ON joint_version TO {request};

-- Starting points for commitments. Their figures are the parties'; those that a text or a recommendation sets are given with it.
CREATE TABLE commitment_offer (
    code            text    PRIMARY KEY CHECK (code ~ '^[A-Z]+(_[A-Z]+)*$'),
    place           integer NOT NULL UNIQUE,
    name            text    NOT NULL,
    french_name     text    NOT NULL,
    terms           jsonb   NOT NULL,
    required_fields text[]  NOT NULL,
    usual_figures   text    NOT NULL,
    source          text    NOT NULL
);
COMMENT ON TABLE commitment_offer IS 'kind: reference
Usual commitments to start from: practice, which the parties complete.';
COMMENT ON COLUMN commitment_offer.terms IS 'The message CommitmentTerms, as proto3 JSON, without what the parties give.';
CALL declare_table('commitment_offer');

-- Most are alike: part of the items in time, measured by month on a clock of working days.
INSERT INTO commitment_offer (code, place, name, french_name, terms, required_fields, usual_figures, source)
SELECT code, place, name, french_name,
       jsonb_build_object(
           'indicatorCode', indicator, 'title', french_name, 'measure', 'COMMITMENT_MEASURE_SHARE_IN_TIME', 'period', 'SETTLEMENT_PERIOD_MONTH',
           'timeUnit', 'TIME_UNIT_DAYS',
           'clock', jsonb_build_object(
               'start', 'CLOCK_EVENT_' || start, 'stop', 'CLOCK_EVENT_' || stop, 'dayZero', 'DAY_ZERO_RULE_START_DAY_IS_ZERO', 'calendar', 'CLOCK_CALENDAR_OUVRES',
               'pauses', coalesce((SELECT jsonb_agg('PAUSE_CAUSE_' || pause) FROM unnest(pauses) AS pause), '[]'), 'openItems', 'OPEN_ITEMS_RULE_COUNT_LATE_ONES'))
       || fixed,
       required, usual, source
FROM (VALUES
    ('CLAIMS_NOEMIE', 1, 'NOEMIE_CLAIM_TIME', 'Settlement of NOEMIE claims', 'Traitement des prestations NOEMIE', 'RECEIVED', 'PROCESSED', '{}'::text[],
     '{}'::jsonb, '{time_limit,target_hundredths}'::text[], 'Souvent 95 % en 2 jours ouvrés.', ''),
    ('CLAIMS_OTHER', 2, 'CLAIM_TIME', 'Settlement of other claims (paper, extranet)', 'Traitement des prestations hors NOEMIE', 'FILE_COMPLETE', 'PROCESSED',
     '{AWAITING_INSURED,AWAITING_PROVIDER}', '{}', '{time_limit,target_hundredths}', 'Souvent 90 à 95 % en 5 jours ouvrés.', ''),
    ('ESTIMATES', 3, 'ESTIMATE_TIME', 'Answer to estimates', 'Réponse aux devis', 'FILE_COMPLETE', 'ANSWERED',
     '{AWAITING_INSURED,AWAITING_PROVIDER}', '{}', '{time_limit,target_hundredths}', 'Souvent 95 % en 2 à 3 jours ouvrés.', ''),
    ('HOSPITAL_COVERAGE', 4, 'HOSPITAL_COVERAGE_TIME', 'Answer to hospital coverage requests', 'Réponse aux demandes de prise en charge hospitalière', 'RECEIVED', 'ANSWERED',
     '{}', '{"timeUnit": "TIME_UNIT_OFFICE_HOURS"}', '{time_limit,target_hundredths,clock.opening,clock.closing}', 'Souvent 95 % en 4 à 24 heures ouvrées.', ''),
    ('ENROLMENT', 5, 'ENROLMENT_TIME', 'Enrolment', 'Adhésions et affiliations', 'FILE_COMPLETE', 'PROCESSED',
     '{AWAITING_INSURED,AWAITING_EMPLOYER}', '{}', '{time_limit,target_hundredths}', 'Souvent 95 % en 5 jours ouvrés.', ''),
    ('CARD', 6, 'CARD_TIME', 'Third-party payment card', 'Émission de la carte de tiers payant', 'REGISTERED', 'DOCUMENT_ISSUED',
     '{}', '{}', '{time_limit,target_hundredths}', 'Souvent en 5 jours ouvrés après l''affiliation.', ''),
    ('PROVIDER_PAYMENT', 7, 'PROVIDER_PAYMENT_TIME', 'Payment of health professionals', 'Paiement du tiers payant aux professionnels de santé', 'RECEIVED', 'PAYMENT_ORDERED',
     '{AWAITING_PROVIDER}', '{}', '{time_limit,target_hundredths}', 'Souvent en 5 à 7 jours ouvrés.', ''),
    ('CALL_SERVICE_LEVEL', 8, 'CALL_SERVICE_LEVEL', 'Calls answered in time', 'Niveau de service téléphonique', 'CALL_OFFERED', 'CALL_ANSWERED',
     '{}', '{"timeUnit": "TIME_UNIT_SECONDS"}', '{time_limit,target_hundredths}', 'Souvent 80 % en 60 secondes.', ''),
    ('MAIL', 9, 'MAIL_ANSWER_TIME', 'Answer to e-mails', 'Réponse aux courriels', 'RECEIVED', 'ANSWERED',
     '{}', '{}', '{time_limit,target_hundredths}', 'Souvent 90 % en 2 jours ouvrés.', ''),
    ('LETTERS', 10, 'LETTER_ANSWER_TIME', 'Answer to letters', 'Réponse aux courriers', 'RECEIVED', 'ANSWERED',
     '{}', '{}', '{time_limit,target_hundredths}', 'Souvent 90 % en 5 à 10 jours ouvrés.', ''),
    ('COMPLAINT_ACKNOWLEDGEMENT', 11, 'COMPLAINT_ACKNOWLEDGEMENT_TIME', 'Acknowledgement of complaints', 'Accusé de réception des réclamations', 'RECEIVED', 'ACKNOWLEDGED',
     '{}', '{"timeLimit": 10, "targetHundredths": "10000"}', '{}', '', 'ACPR, recommandation sur le traitement des réclamations : 10 jours ouvrables.'),
    ('COMPLAINT_ANSWER', 12, 'COMPLAINT_ANSWER_TIME', 'Answer to complaints', 'Réponse aux réclamations', 'RECEIVED', 'ANSWERED',
     '{}', '{"timeUnit": "TIME_UNIT_MONTHS", "timeLimit": 2, "targetHundredths": "10000"}', '{}', 'Le contrat prévoit souvent 10 à 15 jours ouvrés.',
     'ACPR, recommandation sur le traitement des réclamations : deux mois au plus.'),
    ('CANCELLATION_REFUND', 13, 'CANCELLATION_REFUND_TIME', 'Refund after a cancellation', 'Remboursement du solde après résiliation infra-annuelle', 'CANCELLATION_RECEIVED', 'PAYMENT_ORDERED',
     '{}', '{"timeLimit": 30, "targetHundredths": "10000"}', '{}', '', 'Résiliation infra-annuelle : solde remboursé sous 30 jours.'),
    ('DATA_REQUESTS', 14, 'DATA_REQUEST_TIME', 'Help with requests of data subjects', 'Assistance aux demandes de droits RGPD', 'RECEIVED', 'ANSWERED',
     '{}', '{}', '{time_limit,target_hundredths}', 'À fixer en deçà du mois dont dispose l''assureur.', ''),
    ('BREACHES', 15, 'BREACH_NOTIFICATION_TIME', 'Notice of personal data breaches to the insurer', 'Alerte de l''assureur sur les violations de données', 'DISCOVERED', 'NOTIFIED',
     '{}', '{"timeUnit": "TIME_UNIT_HOURS"}', '{time_limit,target_hundredths}', 'À fixer en deçà des 72 heures dont dispose l''assureur.', '')
) AS offer (code, place, indicator, name, french_name, start, stop, pauses, fixed, required, usual, source);

-- Clocks without days have no calendar, and what the texts count in is their calendar.
UPDATE commitment_offer SET terms = terms #- '{clock,dayZero}' #- '{clock,calendar}'
WHERE terms ->> 'timeUnit' IN ('TIME_UNIT_SECONDS', 'TIME_UNIT_HOURS', 'TIME_UNIT_MONTHS');
UPDATE commitment_offer SET terms = terms #- '{clock,dayZero}' WHERE terms ->> 'timeUnit' = 'TIME_UNIT_OFFICE_HOURS';
UPDATE commitment_offer SET terms = jsonb_set(terms, '{clock,calendar}', '"CLOCK_CALENDAR_OUVRABLES"') WHERE code = 'COMPLAINT_ACKNOWLEDGEMENT';
UPDATE commitment_offer SET terms = jsonb_set(terms, '{clock,calendar}', '"CLOCK_CALENDAR_ALL_DAYS"') WHERE code = 'CANCELLATION_REFUND';

INSERT INTO commitment_offer (code, place, name, french_name, terms, required_fields, usual_figures, source)
SELECT code, place, name, french_name,
       jsonb_build_object(
           'indicatorCode', indicator, 'title', french_name, 'measure', 'COMMITMENT_MEASURE_' || measure, 'direction', 'TARGET_DIRECTION_' || direction,
           'period', 'SETTLEMENT_PERIOD_' || period),
       '{target_hundredths}', usual, ''
FROM (VALUES
    ('CALLS_ANSWERED', 16, 'CALL_ANSWER_RATE', 'Calls answered', 'Taux de décroché', 'RATIO', 'AT_LEAST', 'MONTH', 'Souvent 90 % ; préciser si les abandons précoces comptent.'),
    ('ERRORS', 17, 'ERROR_RATE', 'Errors in quality samples', 'Taux d''erreur (contrôle qualité)', 'RATIO', 'AT_MOST', 'MONTH', 'Souvent 2 à 3 % des dossiers, 0,5 à 1 % des montants.'),
    ('CONFORMITY', 18, 'FIRST_PASS_RATE', 'Conformity in quality samples', 'Taux de conformité', 'RATIO', 'AT_LEAST', 'MONTH', 'Souvent 97 %.'),
    ('AUTOMATION', 19, 'AUTOMATION_RATE', 'Claims settled without intervention', 'Taux d''automatisation', 'RATIO', 'AT_LEAST', 'QUARTER', 'Souvent 85 à 90 %.'),
    ('BACKLOG', 20, 'BACKLOG', 'Backlog in working days of output', 'Stock en jours de sorties', 'NUMBER', 'AT_MOST', 'MONTH', 'Souvent 3 à 5 jours.'),
    ('NOEMISATION', 21, 'NOEMISATION_RATE', 'Beneficiaries with an active link', 'Taux de noémisation', 'RATIO', 'AT_LEAST', 'QUARTER', 'Souvent 90 % ; dépend de qui gère les retours de rattachement.'),
    ('EXTRANET', 22, 'EXTRANET_AVAILABILITY', 'Availability of the extranet', 'Disponibilité de l''extranet', 'RATIO', 'AT_LEAST', 'MONTH', 'Souvent 99,5 %.'),
    ('REPORTS', 23, 'REPORT_PUNCTUALITY', 'Reports published in time', 'Ponctualité des rapports', 'RATIO', 'AT_LEAST', 'QUARTER', 'À fixer avec le calendrier des rapports.'),
    ('KEPT', 24, 'COMMITMENTS_KEPT_RATE', 'Commitments kept', 'Taux de respect des engagements', 'RATIO', 'AT_LEAST', 'QUARTER', 'Souvent 95 %.')
) AS offer (code, place, indicator, name, french_name, measure, direction, period, usual);
