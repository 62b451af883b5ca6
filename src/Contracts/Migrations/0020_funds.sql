-- The advance of funds in operation (avance de fonds): calls, returns, and what each month came to.
CREATE TABLE fund_movement (
    owner_id         uuid        NOT NULL,
    delegation_id    uuid        NOT NULL,
    delegate_id      uuid        NOT NULL,
    movement_id      uuid        NOT NULL,
    kind             text        NOT NULL CHECK (kind IN ('call', 'return', 'use')),
    state            text        NOT NULL CHECK (state IN ('requested', 'settled', 'declined')),
    amount_cents     bigint      NOT NULL CHECK (amount_cents >= 0),
    reimbursed_cents bigint      NOT NULL CHECK (reimbursed_cents >= 0 AND (kind = 'use' OR reimbursed_cents = 0)),
    due_day          date        NOT NULL,
    value_day        date        CHECK ((value_day IS NOT NULL) = (state = 'settled')),
    reason           text        NOT NULL CHECK (char_length(reason) <= 500),
    answer           text        NOT NULL CHECK (char_length(answer) <= 500 AND (state <> 'declined' OR answer <> '')),
    create_time      timestamptz NOT NULL,
    revision         bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, movement_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE fund_movement IS 'kind: party
Movements of the advance of funds of a delegation.';
COMMENT ON COLUMN fund_movement.amount_cents IS 'Funds called or given back; of a use, the benefits paid in the month that ends on value_day.';
COMMENT ON COLUMN fund_movement.reimbursed_cents IS 'Of a use, what the insurer reimbursed in the month.';
CREATE INDEX fund_movement_by_delegate ON fund_movement (delegate_id, delegation_id, movement_id);
CREATE INDEX fund_movement_by_day ON fund_movement (owner_id, delegation_id, value_day) WHERE state = 'settled';
CREATE UNIQUE INDEX fund_movement_open ON fund_movement (owner_id, delegation_id) WHERE state = 'requested';
CREATE UNIQUE INDEX fund_movement_month ON fund_movement (owner_id, delegation_id, value_day) WHERE kind = 'use';
CALL declare_table('fund_movement');
GRANT SELECT, INSERT, UPDATE ON fund_movement TO {request};
