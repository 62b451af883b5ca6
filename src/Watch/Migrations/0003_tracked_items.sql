-- What an organisation follows itself, and what it asks of the sides of its delegations.

-- French words in any form, with and without accents: PostgreSQL's own French dictionary over text without accents. The extension unaccent would need
-- the right to create extensions, which the owner role has not; what French writes is a closed list.
CREATE FUNCTION without_accents(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN translate(replace(replace(lower(words), 'œ', 'oe'), 'æ', 'ae'), 'àâäáãåçéèêëíìîïñóòôöõúùûüýÿ’', 'aaaaaaceeeeiiiinooooouuuuyy''');
CREATE FUNCTION french_vector(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_tsvector('pg_catalog.french', without_accents(words));
CREATE FUNCTION french_query(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN websearch_to_tsquery('pg_catalog.french', without_accents(words));
GRANT EXECUTE ON FUNCTION without_accents, french_vector, french_query TO {request}, {system};

-- Of what all see the index answers a search alone.
CREATE INDEX watch_item_by_words ON watch_item USING gin (french_vector(title_fr || ' ' || note_fr || ' ' || reference));

CREATE TABLE tracked_item (
    owner_id         uuid        NOT NULL,
    item_id          uuid        NOT NULL,
    stream           text        NOT NULL CHECK (stream IN ('regulatory', 'market', 'technological')),
    title            text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 300),
    summary          text        NOT NULL CHECK (char_length(summary) <= 4000),
    reference        text        NOT NULL CHECK (char_length(reference) <= 200),
    identifiers      text[]      NOT NULL,
    link             text        NOT NULL CHECK (char_length(link) <= 2000),
    status           text        CHECK (status IN ('draft', 'adopted', 'published', 'in_force', 'annulled', 'contested')),
    publication_day  date,
    effect_day       date,
    deadline_day     date,
    tolerance_day    date,
    certainty        text        NOT NULL CHECK (certainty IN ('confirmed', 'uncertain')),
    public_item_id   uuid        REFERENCES watch_item (watch_item_id),
    sightings        jsonb       NOT NULL,
    state            text        NOT NULL CHECK (state IN ('new', 'kept', 'dismissed', 'assessed', 'decided')),
    triage_person_id uuid,
    triage_time      timestamptz,
    triage_reason    text        NOT NULL CHECK (char_length(triage_reason) <= 1000),
    assessment       jsonb       CHECK (assessment IS NOT NULL OR state NOT IN ('assessed', 'decided')),
    decision         jsonb       CHECK ((decision IS NOT NULL) = (state = 'decided')),
    next_day         date        NOT NULL,
    words            tsvector    NOT NULL GENERATED ALWAYS AS (french_vector(title || ' ' || summary || ' ' || reference)) STORED,
    create_time      timestamptz NOT NULL,
    update_time      timestamptz NOT NULL,
    revision         bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, item_id),
    CHECK ((triage_person_id IS NULL) = (state = 'new'))
);
COMMENT ON TABLE tracked_item IS 'kind: organisation
What an organisation follows, from all places where it was seen, until it ends in a decision.';
COMMENT ON COLUMN tracked_item.next_day IS 'The day by which it stands in lists; infinity without one.';
CREATE INDEX tracked_item_by_day ON tracked_item (owner_id, next_day, item_id);
CREATE INDEX tracked_item_by_state ON tracked_item (owner_id, state, next_day, item_id);
CREATE INDEX tracked_item_by_publication ON tracked_item (owner_id, publication_day);
CALL declare_table('tracked_item');
CALL declare_system_access('tracked_item', 'SELECT, INSERT, UPDATE');
GRANT SELECT, INSERT, UPDATE ON tracked_item TO {request};

CREATE TABLE tracked_item_mark (
    owner_id uuid NOT NULL,
    mark     text NOT NULL CHECK (char_length(mark) <= 2200),
    item_id  uuid NOT NULL,
    PRIMARY KEY (owner_id, mark, item_id),
    FOREIGN KEY (owner_id, item_id) REFERENCES tracked_item (owner_id, item_id)
);
COMMENT ON TABLE tracked_item_mark IS 'kind: organisation
By what an item is found again: its official references, its addresses, its ids in feeds.';
CALL declare_table('tracked_item_mark');
CALL declare_system_access('tracked_item_mark', 'SELECT, INSERT');
GRANT SELECT, INSERT ON tracked_item_mark TO {request};

-- What adds items to an organisation waits for whoever else does: the same item from two feeds at once is one.
CREATE PROCEDURE lock_tracked_items(owner_id uuid) LANGUAGE sql
    AS $$ SELECT pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'tracked items', lock_tracked_items.owner_id), 0)) $$;
GRANT EXECUTE ON PROCEDURE lock_tracked_items TO {request}, {system};

CREATE TABLE watch_action (
    owner_id       uuid        NOT NULL,
    delegation_id  uuid        NOT NULL,
    delegate_id    uuid        NOT NULL,
    action_id      uuid        NOT NULL,
    item_id        uuid        NOT NULL,
    item_title     text        NOT NULL,
    item_reference text        NOT NULL,
    title          text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    side           text        NOT NULL CHECK (side IN ('insurer', 'delegate')),
    role           text        NOT NULL,
    due_day        date        NOT NULL,
    state          text        NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
    opened_by      text        NOT NULL CHECK (opened_by IN ('insurer', 'delegate')),
    note           text        NOT NULL CHECK (char_length(note) <= 1000),
    create_time    timestamptz NOT NULL,
    update_time    timestamptz NOT NULL,
    revision       bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, action_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE watch_action IS 'kind: party
What a side does because of an item that it or the other side follows.';
CREATE INDEX watch_action_by_due_day ON watch_action (owner_id, delegation_id, due_day, action_id);
CREATE INDEX watch_action_by_delegate ON watch_action (delegate_id, delegation_id, due_day, action_id);
CREATE INDEX watch_action_by_item ON watch_action (item_id);
CALL declare_table('watch_action');
GRANT SELECT, INSERT, UPDATE ON watch_action TO {request};

CREATE TABLE amendment_request (
    owner_id             uuid        NOT NULL,
    delegation_id        uuid        NOT NULL,
    delegate_id          uuid        NOT NULL,
    amendment_request_id uuid        NOT NULL,
    item_id              uuid        NOT NULL,
    item_title           text        NOT NULL,
    item_reference       text        NOT NULL,
    contract_id          uuid,
    change               text        NOT NULL CHECK (char_length(change) BETWEEN 1 AND 4000),
    effect_day           date,
    state                text        NOT NULL CHECK (state IN ('requested', 'accepted', 'declined', 'named')),
    requested_by         text        NOT NULL CHECK (requested_by IN ('insurer', 'delegate')),
    answer               text        NOT NULL CHECK (char_length(answer) <= 1000),
    amendment_id         uuid        CHECK ((amendment_id IS NOT NULL) = (state = 'named')),
    create_time          timestamptz NOT NULL,
    update_time          timestamptz NOT NULL,
    revision             bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, amendment_request_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id)
);
COMMENT ON TABLE amendment_request IS 'kind: party
A change that one side asks of a contract because of an item.';
CREATE INDEX amendment_request_by_delegate ON amendment_request (delegate_id, delegation_id, amendment_request_id);
CREATE INDEX amendment_request_by_item ON amendment_request (item_id);
CALL declare_table('amendment_request');
GRANT SELECT, INSERT, UPDATE ON amendment_request TO {request};
