-- An approved review has no stall, which the former rule, null being neither true nor false, took for a stall that is wrong.
ALTER TABLE clause_review
    DROP CONSTRAINT clause_review_check,
    ADD CONSTRAINT clause_review_stall CHECK (stall_time IS NULL OR (stall_time >= since AND state <> 'approved'));
