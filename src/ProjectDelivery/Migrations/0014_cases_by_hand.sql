-- Beside what answers of the scoping generate, people write cases by hand.
ALTER TABLE acceptance_case
    DROP CONSTRAINT acceptance_case_origin_check,
    ADD CONSTRAINT acceptance_case_origin_check CHECK (origin IN ('guarantee_grid', 'need', 'hand'));
