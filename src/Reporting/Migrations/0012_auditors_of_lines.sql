-- Auditors of the figures may read what the figures are made of, line by line: all the data, and what is counted from it.
CALL declare_audited('premium_line', '{figures}');
CALL declare_audited('benefit_line', '{figures}');
CALL declare_audited('membership_line', '{figures}');
CALL declare_audited('quality_sample', '{figures}');
