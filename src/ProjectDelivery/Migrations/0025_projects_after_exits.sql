-- Once a delegation has ended its delegate is gone: the insurer alone closes the project.
ALTER TABLE gate DROP CONSTRAINT gate_check2;
ALTER TABLE gate ADD CHECK (pass_time IS NULL OR insurer_pass_time IS NOT NULL AND (delegate_pass_time IS NOT NULL OR gate = 'to_closed'));
