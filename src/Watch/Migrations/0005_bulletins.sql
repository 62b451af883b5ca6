-- What the delegate tells the insurer of what is coming, and when it is due.

CREATE TABLE bulletin (
    owner_id             uuid        NOT NULL,
    delegation_id        uuid        NOT NULL,
    delegate_id          uuid        NOT NULL,
    bulletin_id          uuid        NOT NULL,
    delegation_ids       uuid[]      NOT NULL CHECK (delegation_id = ANY (delegation_ids)),
    title                text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    version              integer     NOT NULL CHECK (version > 0),
    replaces_bulletin_id uuid,
    period_start_day     date        NOT NULL,
    period_end_day       date        NOT NULL CHECK (period_end_day >= period_start_day),
    introduction         text        NOT NULL CHECK (char_length(introduction) <= 4000),
    language             text        NOT NULL CHECK (language IN ('fr', 'en')),
    entries              jsonb       NOT NULL,
    pdf_file_id          uuid        NOT NULL,
    pdf_sha256           text        NOT NULL,
    pdf_bytes            bigint      NOT NULL,
    pdf_pages            integer     NOT NULL,
    html_file_id         uuid        NOT NULL,
    html_sha256          text        NOT NULL,
    due_day              date,
    late                 boolean     NOT NULL,
    state                text        NOT NULL CHECK (state IN ('published', 'acknowledged', 'superseded')),
    publish_time         timestamptz NOT NULL,
    publisher_id         uuid        NOT NULL,
    acknowledge_time     timestamptz,
    acknowledger_id      uuid,
    revision             bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, bulletin_id),
    CHECK ((acknowledge_time IS NULL) = (acknowledger_id IS NULL) AND (state <> 'acknowledged' OR acknowledger_id IS NOT NULL)),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    FOREIGN KEY (owner_id, delegation_id, pdf_file_id) REFERENCES file (owner_id, delegation_id, file_id),
    FOREIGN KEY (owner_id, delegation_id, html_file_id) REFERENCES file (owner_id, delegation_id, file_id)
);
COMMENT ON TABLE bulletin IS 'kind: party
Published bulletins, for delegations of one insurer and one delegate. What was published never changes; only who acknowledged it and what took its place is added.';
COMMENT ON COLUMN bulletin.delegation_id IS 'The first of its delegations, in which its files and its journal entries stand.';
CREATE INDEX bulletin_by_insurer ON bulletin (owner_id, publish_time, bulletin_id);
CREATE INDEX bulletin_by_delegate ON bulletin (delegate_id, publish_time, bulletin_id);
CALL declare_table('bulletin');
-- What was published cannot be changed by a request, whatever the code does.
GRANT SELECT, INSERT, UPDATE (state, acknowledge_time, acknowledger_id, revision) ON bulletin TO {request};

CREATE TABLE bulletin_terms (
    owner_id               uuid    NOT NULL,
    delegation_id          uuid    NOT NULL,
    delegate_id            uuid    NOT NULL,
    terms_id               uuid    NOT NULL,
    months                 integer CHECK (months BETWEEN 1 AND 12),
    due_day_of_month       integer CHECK (due_day_of_month BETWEEN 1 AND 31),
    next_due_day           date    CHECK ((next_due_day IS NULL) = (months IS NULL)),
    proposed_months        integer CHECK (proposed_months BETWEEN 1 AND 12),
    proposed_first_due_day date,
    proposed_by            text    CHECK (proposed_by IN ('insurer', 'delegate')),
    revision               bigint  NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id),
    CHECK (num_nulls(proposed_months, proposed_first_due_day, proposed_by) IN (0, 3)),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE bulletin_terms IS 'kind: party
When bulletins of a delegation are due, as both sides agreed, and what one of them proposes.';
COMMENT ON COLUMN bulletin_terms.due_day_of_month IS 'The day of the month that was agreed: after a short month the next is due on it again.';
CREATE INDEX bulletin_terms_by_delegate ON bulletin_terms (delegate_id, delegation_id);
CALL declare_table('bulletin_terms');
GRANT SELECT, INSERT, UPDATE ON bulletin_terms TO {request};
