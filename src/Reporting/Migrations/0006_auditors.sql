-- What auditors may read: what was imported, counted and reported. Mappings are the delegate's own and stay closed.
CALL declare_audited('import', '{figures,commitments}');
CALL declare_audited('import_progress', '{figures,commitments}');
CALL declare_audited('rejected_line', '{figures,commitments}');
CALL declare_audited('operation', '{figures,commitments}');
CALL declare_audited('report', '{figures,commitments}');
CALL declare_audited('contract_match', '{figures}');
CALL declare_audited('insurer_contract', '{figures}');
CALL declare_audited('commitment_version', '{figures,commitments}');
CALL declare_audited('neutralised_period', '{figures,commitments}');
CALL declare_audited('operation_mark', '{figures,commitments}');
CALL declare_audited('commitment_measure', '{figures,commitments}');
CALL declare_audited('late_operation', '{figures,commitments}');
CALL declare_audited('report_calendar', '{figures,commitments}');
CALL declare_audited('report_version', '{figures,commitments}');
CALL declare_audited('report_chunk', '{figures,commitments}');
CALL declare_audited('report_dispute', '{figures,commitments}');
