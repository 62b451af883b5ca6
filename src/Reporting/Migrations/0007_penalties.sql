-- Credit notes that Contracts tells of end what waits for them, without a caller.
CALL declare_system_access('commitment_measure', 'SELECT');
