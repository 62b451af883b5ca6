-- What a line of a scope moves: the indicators of its activity, the reports that show them, and, for the differences between two validated
-- versions, the amendment that carries them into the contract.

CREATE TABLE indicator (
    code         text    PRIMARY KEY CHECK (code ~ '^[A-Z]+(_[A-Z]+)*$'),
    place        integer NOT NULL UNIQUE,
    nature       text    NOT NULL CHECK (nature IN ('time', 'ratio', 'number', 'amount')),
    better       text    CHECK (better IN ('higher', 'lower')),
    reports      text[]  NOT NULL CHECK (reports <@ '{operational,technical,watch_bulletin}' AND reports <> '{}'),
    name         text    NOT NULL,
    french_name  text    NOT NULL
);
COMMENT ON TABLE indicator IS 'kind: reference
Indicators of delegated management, as activities name them: what each measures, and the reports that show it. Practice, and no target.';
COMMENT ON COLUMN indicator.better IS 'Which way is good; null where neither is.';
CALL declare_table('indicator');

INSERT INTO indicator (code, place, nature, better, reports, name, french_name) VALUES
    ('NOEMIE_CLAIM_TIME',              1, 'time',   'lower',  '{operational}',           'Settlement time of NOEMIE claims', 'Délai de traitement des prestations NOEMIE'),
    ('CLAIM_TIME',                     2, 'time',   'lower',  '{operational}',           'Settlement time of other claims (paper, extranet)', 'Délai de traitement des prestations hors NOEMIE (papier, extranet)'),
    ('ESTIMATE_TIME',                  3, 'time',   'lower',  '{operational}',           'Answer time of estimates', 'Délai de réponse aux devis'),
    ('HOSPITAL_COVERAGE_TIME',         4, 'time',   'lower',  '{operational}',           'Answer time of hospital coverage requests', 'Délai de prise en charge hospitalière'),
    ('ENROLMENT_TIME',                 5, 'time',   'lower',  '{operational}',           'Enrolment time', 'Délai d''adhésion et d''affiliation'),
    ('CANCELLATION_REFUND_TIME',       6, 'time',   'lower',  '{operational}',           'Refund time after a cancellation', 'Délai de remboursement après résiliation'),
    ('CARD_TIME',                      7, 'time',   'lower',  '{operational}',           'Issue time of third-party payment cards', 'Délai d''émission de la carte de tiers payant'),
    ('PROVIDER_PAYMENT_TIME',          8, 'time',   'lower',  '{operational}',           'Payment time of health professionals', 'Délai de paiement des professionnels de santé'),
    ('REJECTED_INVOICE_RATE',          9, 'ratio',  'lower',  '{operational}',           'Rejection rate of third-party payment invoices', 'Taux de rejet des factures de tiers payant'),
    ('REMITTANCE_TIME',               10, 'time',   'lower',  '{operational}',           'Remittance time of premiums', 'Délai de reversement des cotisations'),
    ('COLLECTED_PREMIUM_RATE',        11, 'ratio',  'higher', '{operational,technical}', 'Share of called premiums that is collected', 'Taux d''encaissement des cotisations appelées'),
    ('UNPAID_PREMIUM_RATE',           12, 'ratio',  'lower',  '{operational,technical}', 'Share of called premiums that is unpaid', 'Taux d''impayés de cotisations'),
    ('CALL_ANSWER_RATE',              13, 'ratio',  'higher', '{operational}',           'Share of calls that are answered', 'Taux de décroché'),
    ('CALL_SERVICE_LEVEL',            14, 'time',   'lower',  '{operational}',           'Waiting time of calls', 'Niveau de service téléphonique (temps d''attente)'),
    ('MAIL_ANSWER_TIME',              15, 'time',   'lower',  '{operational}',           'Answer time of e-mails', 'Délai de réponse aux courriels'),
    ('LETTER_ANSWER_TIME',            16, 'time',   'lower',  '{operational}',           'Answer time of letters', 'Délai de réponse aux courriers'),
    ('FIRST_CONTACT_RESOLUTION',      17, 'ratio',  'higher', '{operational}',           'Share of requests solved at the first contact', 'Taux de résolution au premier contact'),
    ('SATISFACTION',                  18, 'number', 'higher', '{operational}',           'Customer satisfaction', 'Satisfaction des assurés'),
    ('RETENTION_RATE',                19, 'ratio',  'higher', '{operational,technical}', 'Share of insured persons who stay', 'Taux de fidélisation'),
    ('EXTRANET_AVAILABILITY',         20, 'ratio',  'higher', '{operational}',           'Availability of the extranet', 'Disponibilité de l''extranet'),
    ('COMPLAINT_ACKNOWLEDGEMENT_TIME',21, 'time',   'lower',  '{operational}',           'Acknowledgement time of complaints', 'Délai d''accusé de réception des réclamations'),
    ('COMPLAINT_ANSWER_TIME',         22, 'time',   'lower',  '{operational}',           'Answer time of complaints', 'Délai de réponse aux réclamations'),
    ('COMPLAINT_RATE',                23, 'number', 'lower',  '{operational}',           'Complaints per 1000 beneficiaries', 'Réclamations pour 1 000 bénéficiaires'),
    ('MEDIATION_RATE',                24, 'ratio',  'lower',  '{operational}',           'Share of complaints that go to mediation', 'Taux de saisine du médiateur'),
    ('ERROR_RATE',                    25, 'ratio',  'lower',  '{operational}',           'Error rate in quality samples', 'Taux d''erreur (contrôle qualité)'),
    ('FIRST_PASS_RATE',               26, 'ratio',  'higher', '{operational}',           'Conformity rate in quality samples', 'Taux de conformité'),
    ('AUTOMATION_RATE',               27, 'ratio',  'higher', '{operational}',           'Share of claims settled without intervention', 'Taux d''automatisation'),
    ('BACKLOG',                       28, 'number', 'lower',  '{operational}',           'Backlog in working days of output', 'Stock en jours de sorties'),
    ('NOEMISATION_RATE',              29, 'ratio',  'higher', '{operational,technical}', 'Share of beneficiaries with an active link to the compulsory scheme', 'Taux de noémisation'),
    ('LINK_REJECTION_RATE',           30, 'ratio',  'lower',  '{operational}',           'Rejection rate of links to the compulsory scheme', 'Taux de rejet des rattachements'),
    ('FRAUD_DETECTED_AMOUNT',         31, 'amount', NULL,     '{operational,technical}', 'Amount of fraud that was found', 'Montant des fraudes détectées'),
    ('UNDUE_RECOVERY_RATE',           32, 'ratio',  'higher', '{operational,technical}', 'Share of undue payments that is recovered', 'Taux de récupération des indus'),
    ('RECOURSE_RECOVERY_RATE',        33, 'ratio',  'higher', '{technical}',             'Share of recourses that is recovered', 'Taux de récupération des recours contre tiers'),
    ('AML_ALERT_TIME',                34, 'time',   'lower',  '{operational}',           'Handling time of anti-money laundering alerts', 'Délai de traitement des alertes LCB-FT'),
    ('ADVANCE_COVERAGE',              35, 'number', NULL,     '{operational}',           'Days of benefits that the advance of funds covers', 'Couverture de l''avance de fonds, en jours de prestations'),
    ('RECONCILIATION_GAP',            36, 'amount', 'lower',  '{operational,technical}', 'Gap between payments and accounts', 'Écart de rapprochement'),
    ('REPORT_PUNCTUALITY',            37, 'ratio',  'higher', '{operational,technical}', 'Share of reports published in time', 'Ponctualité des rapports'),
    ('COMMITMENTS_KEPT_RATE',         38, 'ratio',  'higher', '{operational}',           'Share of commitments that are kept', 'Taux de respect des engagements'),
    ('LOSS_RATIO',                    39, 'ratio',  'lower',  '{technical}',             'Benefits to premiums', 'Rapport prestations sur cotisations (P/C)'),
    ('BULLETIN_PUNCTUALITY',          40, 'ratio',  'higher', '{watch_bulletin}',        'Share of watch bulletins sent in time', 'Ponctualité du livrable de veille'),
    ('DATA_REQUEST_TIME',             41, 'time',   'lower',  '{operational}',           'Answer time of data subjects'' requests', 'Délai de réponse aux demandes de droits RGPD'),
    ('BREACH_NOTIFICATION_TIME',      42, 'time',   'lower',  '{operational}',           'Notification time of personal data breaches', 'Délai de notification des violations de données'),
    ('AUDIT_FINDINGS_OPEN',           43, 'number', 'lower',  '{operational}',           'Audit findings that are open', 'Constats d''audit non clos'),
    ('DOCUMENT_TIME',                 44, 'time',   'lower',  '{operational}',           'Issue time of documents', 'Délai d''émission des documents');

UPDATE activity SET indicators = array_cat(indicators, '{LETTER_ANSWER_TIME,EXTRANET_AVAILABILITY}') WHERE code IN ('RCL-P', 'RCL-C');

-- Amendments that were drafted from the difference of two validated versions.
CREATE TABLE scope_amendment (
    owner_id              uuid        NOT NULL,
    delegation_id         uuid        NOT NULL,
    delegate_id           uuid        NOT NULL,
    contract_id           uuid        NOT NULL,
    conclusion_version_id uuid        NOT NULL,
    scoping_version_id    uuid        NOT NULL,
    create_time           timestamptz NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, contract_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, contract_id) REFERENCES contract (owner_id, delegation_id, contract_id),
    FOREIGN KEY (owner_id, delegation_id, conclusion_version_id) REFERENCES scope_version (owner_id, delegation_id, scope_version_id),
    FOREIGN KEY (owner_id, delegation_id, scoping_version_id) REFERENCES scope_version (owner_id, delegation_id, scope_version_id)
);
COMMENT ON TABLE scope_amendment IS 'kind: party
From which two versions of the scope an amendment comes: the one that was validated at conclusion, and the one validated at scoping.';
CREATE INDEX scope_amendment_by_delegate ON scope_amendment (delegate_id, delegation_id);
CREATE INDEX scope_amendment_by_version ON scope_amendment (owner_id, delegation_id, scoping_version_id);
CALL declare_table('scope_amendment');
GRANT SELECT, INSERT ON scope_amendment TO {request};
