-- The trade's list of activities and its three templates, as practised in delegated health management in France. Another list is another
-- file like this one: it may add activities and change names, indicators and templates; versions that parties agreed on keep their own lines.
INSERT INTO activity (code, place, regulated, delegated_in_full, name, french_name, indicators) VALUES
    ('OFF',    1, true,  false, 'Product design, pricing, underwriting', 'Conception de l''offre, tarification, souscription du risque', '{LOSS_RATIO}'),
    ('PAR',    2, false, true,  'Set-up of guarantees', 'Paramétrage des garanties (grille)', '{ERROR_RATE,FIRST_PASS_RATE}'),
    ('ADH',    3, true,  true,  'Membership: joining, affiliation, removal, portability', 'Adhésions, affiliations, radiations, portabilité', '{ENROLMENT_TIME,CANCELLATION_REFUND_TIME,BACKLOG}'),
    ('DSN',    4, false, true,  'Payroll declarations (DSN) and their settings', 'Traitement des DSN et de leurs paramètres', '{ENROLMENT_TIME,ERROR_RATE}'),
    ('COT',    5, true,  true,  'Premiums: calls, collection, reminders, recovery', 'Appel, encaissement, relance et recouvrement des cotisations', '{COLLECTED_PREMIUM_RATE,UNPAID_PREMIUM_RATE}'),
    ('REV',    6, false, true,  'Remittance of premiums, bordereaux', 'Reversement des cotisations, bordereaux', '{REMITTANCE_TIME}'),
    ('CTP',    7, false, true,  'Third-party payment card, proof of rights', 'Carte de tiers payant, attestation de droits', '{CARD_TIME}'),
    ('RAT',    8, false, true,  'Linking to the compulsory scheme: outgoing 408 flow and returns (929)', 'Rattachement au régime obligatoire : flux aller 408 et retours (929)', '{NOEMISATION_RATE,LINK_REJECTION_RATE}'),
    ('NOE',    9, true,  true,  'NOEMIE statements and automatic settlement', 'Réception des décomptes NOEMIE et liquidation automatique', '{NOEMIE_CLAIM_TIME,AUTOMATION_RATE,NOEMISATION_RATE}'),
    ('TPA',   10, true,  true,  'Third-party payment: operator, invoices, payment of providers', 'Tiers payant (opérateur, DRE, paiement des professionnels de santé)', '{PROVIDER_PAYMENT_TIME,REJECTED_INVOICE_RATE}'),
    ('PRE',   11, true,  true,  'Manual settlement, estimates, hospital coverage agreements', 'Liquidation manuelle, devis, prise en charge hospitalière', '{CLAIM_TIME,ESTIMATE_TIME,HOSPITAL_COVERAGE_TIME,ERROR_RATE,BACKLOG}'),
    ('RCL-P', 12, false, true,  'Customer relations about benefits', 'Relation client afférente aux prestations', '{CALL_ANSWER_RATE,CALL_SERVICE_LEVEL,MAIL_ANSWER_TIME,FIRST_CONTACT_RESOLUTION,SATISFACTION}'),
    ('RCL-C', 13, false, true,  'Customer relations about contract and premiums', 'Relation client contrat et cotisations', '{CALL_ANSWER_RATE,CALL_SERVICE_LEVEL,MAIL_ANSWER_TIME,FIRST_CONTACT_RESOLUTION,SATISFACTION,RETENTION_RATE}'),
    ('REC',   14, true,  true,  'Complaints, levels 1 and 2', 'Réclamations de niveaux 1 et 2', '{COMPLAINT_ACKNOWLEDGEMENT_TIME,COMPLAINT_ANSWER_TIME,COMPLAINT_RATE}'),
    ('MED',   15, true,  false, 'Mediation', 'Médiation', '{MEDIATION_RATE}'),
    ('FRA',   16, true,  true,  'Controls, fraud, undue payments', 'Contrôle, lutte contre la fraude, indus', '{FRAUD_DETECTED_AMOUNT,UNDUE_RECOVERY_RATE}'),
    ('CTX',   17, false, false, 'Litigation, recourse against third parties', 'Contentieux, recours contre tiers', '{RECOURSE_RECOVERY_RATE}'),
    ('LCB',   18, true,  true,  'Anti-money laundering', 'LCB-FT', '{AML_ALERT_TIME}'),
    ('TRE',   19, true,  true,  'Treasury, advance of funds, reconciliation', 'Trésorerie, avance de fonds, rapprochement', '{ADVANCE_COVERAGE,RECONCILIATION_GAP}'),
    ('REP-O', 20, false, true,  'Operational reporting', 'Reporting opérationnel', '{REPORT_PUNCTUALITY,COMMITMENTS_KEPT_RATE}'),
    ('REP-T', 21, true,  true,  'Technical reporting', 'Reporting technique', '{REPORT_PUNCTUALITY,LOSS_RATIO}'),
    ('VEI',   22, false, true,  'Watch bulletin', 'Livrable de veille', '{BULLETIN_PUNCTUALITY}'),
    ('RGP',   23, true,  true,  'Rights of data subjects, personal data breaches', 'Droits des personnes, violations de données', '{DATA_REQUEST_TIME,BREACH_NOTIFICATION_TIME}'),
    ('AUD',   24, true,  false, 'Audits and controls', 'Audits et contrôles', '{AUDIT_FINDINGS_OPEN}'),
    ('COM',   25, true,  true,  'Documents: notices, premium notices, mailings', 'Éditique, notices, avis d''échéance', '{DOCUMENT_TIME}');

-- Where the practice names no accountable party, the insurer is. What the practice leaves open is to be decided.
INSERT INTO scope_template_line (template, activity_code, insurer_roles, delegate_roles, to_be_decided, note)
SELECT template, code, split_part(roles, '/', 1), split_part(rtrim(roles, '?'), '/', 2), roles LIKE '%?', note
FROM (VALUES
    -- Code,  total,   benefits, membership and premiums. Insurer/delegate; ? where the trade says: decide.
    ('OFF',   'RA/C',  'RA/C',   'RA/C',  ''),
    ('PAR',   'A/R',   'A/R',    'RA/I',  ''),
    ('ADH',   'A/R',   'RA/I',   'A/R',   ''),
    ('DSN',   'A/R',   'RA/I',   'A/R',   ''),
    ('COT',   'A/R',   'RA/I',   'A/R',   ''),
    ('REV',   'A/R',   'RA/',    'A/R',   ''),
    ('CTP',   'A/R',   'A/?',    'AC/R',  ''),
    ('RAT',   'A/R',   'A/?',    'A/?',   'Conditionne le taux de noémisation ; revient en général à qui gère les adhésions.'),
    ('NOE',   'A/R',   'A/R',    'RA/I',  ''),
    ('TPA',   'A/R',   'A/R',    'RA/I',  ''),
    ('PRE',   'A/R',   'A/R',    'RA/',   ''),
    ('RCL-P', 'A/R',   'A/?',    'RA/C',  ''),
    ('RCL-C', 'A/R',   'RA/C',   'A/R',   ''),
    ('REC',   'RA/R',  'RA/R',   'RA/R',  'Niveau 1 : délégataire, pour ce qu''il gère. Niveau 2 : assureur.'),
    ('MED',   'RA/C',  'RA/C',   'RA/C',  ''),
    ('FRA',   'A/R',   'A/R',    'RA/C',  ''),
    ('CTX',   'A/?',   'A/R',    'RA/C',  ''),
    ('LCB',   'A/R',   'RA/C',   'A/R',   'Selon la convention.'),
    ('TRE',   'A/R',   'A/R',    'A/R',   ''),
    ('REP-O', 'IA/R',  'IA/R',   'IA/R',  ''),
    ('REP-T', 'A/R',   'A/R',    'A/R',   ''),
    ('VEI',   'I/RA',  'I/RA',   'I/RA',  ''),
    ('RGP',   'A/R',   'A/R',    'A/R',   'Le délégataire assiste l''assureur.'),
    ('AUD',   'RA/C',  'RA/C',   'RA/C',  ''),
    ('COM',   'A/R',   'RA/C',   'A/R',   '')
) AS matrix (code, total, benefits_only, membership_and_premiums_only, note)
CROSS JOIN LATERAL (VALUES
    ('total', total), ('benefits_only', benefits_only), ('membership_and_premiums_only', membership_and_premiums_only)
) AS line (template, roles);
