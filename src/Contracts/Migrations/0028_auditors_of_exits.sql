-- Auditors of the contract may read how the delegation is to end (plan de réversibilité), its rehearsals, and the exit as it stands.
CALL declare_audited('rehearsal', '{contract}');
CALL declare_audited('delegation_exit', '{contract}');

-- Plans stand among versions of other subjects, which stay closed to whoever audits the contract alone, and plans to whoever does not.
DROP POLICY auditor ON joint_version;
CALL declare_audited('joint_version', '{commitments,finance,contract}',
    'CASE kind WHEN ''reversibility_plan'' THEN EXISTS (SELECT FROM audit_scope(''{contract}'')) ELSE EXISTS (SELECT FROM audit_scope(''{commitments,finance}'')) END');
