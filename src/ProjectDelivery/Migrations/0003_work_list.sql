-- What waits for whom, as the journals of all services told it (À faire); and what a portfolio shows of a delegation beside it.

CREATE TABLE work_item (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    work_item_id  uuid        NOT NULL,
    assignee_id   uuid        NOT NULL CHECK (assignee_id IN (owner_id, delegate_id)),
    kind          text        NOT NULL,
    roles         text[]      NOT NULL,
    person_id     uuid,
    object_type   text        NOT NULL,
    object_id     uuid        NOT NULL,
    title_en      text        NOT NULL,
    title_fr      text        NOT NULL,
    due_day       date,
    due_time      timestamptz NOT NULL,
    open_time     timestamptz NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, work_item_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE work_item IS 'kind: party
What waits for one of the parties now; a row goes when the item is closed.';
COMMENT ON COLUMN work_item.assignee_id IS 'The party that it waits for.';
COMMENT ON COLUMN work_item.due_time IS 'When it is late: the end of due_day in Paris where there is one, infinity for what is never late.';
CREATE INDEX work_item_by_delegate ON work_item (delegate_id, delegation_id, assignee_id, due_time);
CREATE INDEX work_item_by_assignee ON work_item (assignee_id, due_time, work_item_id);
CALL declare_table('work_item');
CALL declare_system_access('work_item', 'SELECT, INSERT, UPDATE, DELETE');
GRANT SELECT ON work_item TO {request};

CREATE TABLE portfolio_delegation (
    owner_id        uuid NOT NULL,
    delegation_id   uuid NOT NULL,
    delegate_id     uuid NOT NULL,
    title           text NOT NULL,
    insurer_name    text NOT NULL,
    delegate_name   text NOT NULL,
    is_open         boolean NOT NULL,
    PRIMARY KEY (owner_id, delegation_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE portfolio_delegation IS 'kind: party
What Contracts told of a delegation, for people to recognise it by.';
CREATE INDEX portfolio_delegation_by_delegate ON portfolio_delegation (delegate_id, delegation_id);
CALL declare_table('portfolio_delegation');
CALL declare_system_access('portfolio_delegation', 'SELECT, INSERT, UPDATE');
GRANT SELECT ON portfolio_delegation TO {request};
