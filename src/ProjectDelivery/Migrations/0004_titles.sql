-- The titles to operate (titres) of a delegation, for the portfolio to show the one in effect.
CREATE TABLE portfolio_title (
    owner_id      uuid        NOT NULL,
    delegation_id uuid        NOT NULL,
    delegate_id   uuid        NOT NULL,
    title_id      uuid        NOT NULL,
    kind          text        NOT NULL CHECK (kind IN ('contract', 'letter_of_engagement', 'survival_clause')),
    grant_time    timestamptz NOT NULL,
    first_day     date        NOT NULL,
    last_day      date        NOT NULL,
    PRIMARY KEY (owner_id, delegation_id, title_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE portfolio_title IS 'kind: party
What Contracts told of the letters of engagement and whatever else entitles a delegate to operate: the days of its effect, as known now.';
COMMENT ON COLUMN portfolio_title.last_day IS 'Before first_day for a title that was superseded before it took effect.';
CREATE INDEX portfolio_title_by_delegate ON portfolio_title (delegate_id, delegation_id);
CALL declare_table('portfolio_title');
CALL declare_system_access('portfolio_title', 'SELECT, INSERT, UPDATE');
GRANT SELECT ON portfolio_title TO {request};

-- The portfolio has passed over what it was told of letters until now: it reads the journal of Contracts again, where what it keeps already
-- stays as it is.
DELETE FROM follower_position WHERE follower = 'contracts.portfolio';

-- Lists tell by the due day when an action is late: nothing runs on that day any more.
DELETE FROM due WHERE kind = 'action.late';
