-- The journal: what happened, in the transaction in which it happened; and its seal, which gives order and evidence afterwards.
--
-- Nothing here is updated in normal work, and what is deleted is never scanned again: a transaction that somebody leaves open
-- elsewhere on the server keeps dead rows from being removed, and nothing here gets slower by them.

CREATE TABLE journal (
    entry_id        uuid        PRIMARY KEY,
    owner_id        uuid        NOT NULL,
    delegation_id   uuid,
    delegate_id     uuid,
    visibility      text        NOT NULL CHECK (visibility IN ('both', 'insurer', 'delegate')),
    object_type     text        NOT NULL,
    object_id       uuid        NOT NULL,
    revision        bigint      NOT NULL CHECK (revision > 0),
    organization_id uuid,
    person_id       uuid,
    occur_time      timestamptz NOT NULL,
    event_type      text        NOT NULL,
    payload         bytea,
    salt            bytea       CHECK (length(salt) = 16),
    payload_digest  bytea       NOT NULL CHECK (length(payload_digest) = 32),
    CHECK (delegate_id IS NULL OR delegation_id IS NOT NULL),
    -- Not checked while the delegate is not known.
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    CHECK ((payload IS NULL) = (salt IS NULL)),
    UNIQUE (object_type, object_id, revision)
);

COMMENT ON TABLE journal IS E'kind: system\nOne row per accepted command: who, when, which object and revision, what happened. Never changed; only its payload can be erased.';
COMMENT ON COLUMN journal.owner_id IS 'The organisation in whose chain the entry is sealed: the insurer of a delegation, else the organisation itself.';
COMMENT ON COLUMN journal.organization_id IS 'For whom the actor acted; null, with person_id, when the platform itself did.';
COMMENT ON COLUMN journal.payload IS 'The event as protobuf; null once erased, and then the salt too, without which the digest tells nothing about it.';
COMMENT ON COLUMN journal.payload_digest IS 'SHA-256 of salt and payload. It stays when they are erased, so that the chain still verifies.';

CREATE TABLE pending (
    seq      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entry_id uuid   NOT NULL
);

COMMENT ON TABLE pending IS E'kind: system\nEntries that wait to be sealed, written after the lock of their object: the order of one object is the order of seq.';

CREATE TABLE seal (
    position       bigint PRIMARY KEY CHECK (position > 0),
    owner_id       uuid   NOT NULL,
    owner_position bigint NOT NULL CHECK (owner_position > 0),
    entry_id       uuid   NOT NULL UNIQUE,
    digest         bytea  NOT NULL CHECK (length(digest) = 32),
    previous_hash  bytea  NOT NULL CHECK (length(previous_hash) = 32),
    hash           bytea  NOT NULL CHECK (length(hash) = 32),
    UNIQUE (owner_id, owner_position)
);

COMMENT ON TABLE seal IS E'kind: system\nThe place of each entry, dense per service and dense per owner, and the hash that chains the entries of an owner.';

CREATE TABLE follower_position (
    follower       text        NOT NULL,
    after_position bigint      NOT NULL CHECK (after_position >= 0),
    position       bigint      NOT NULL CHECK (position > after_position),
    hash           bytea       NOT NULL,
    apply_time     timestamptz NOT NULL,
    PRIMARY KEY (follower, after_position)
);

COMMENT ON TABLE follower_position IS E'kind: system\nThe latest steps of the followers of other journals. A step starts where the one before ended, and the key lets one step only start there: nothing is applied twice.';

-- The only way for a request to write an entry. The actor is the one of the session, and is a party of what it writes about.
CREATE FUNCTION append_journal(
    entry_id uuid, owner_id uuid, delegation_id uuid, delegate_id uuid, visibility text, object_type text, object_id uuid, revision bigint,
    occur_time timestamptz, event_type text, payload bytea, salt bytea)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
#variable_conflict use_variable
DECLARE
    by_platform boolean := session_user = '{system}';
    organization_id uuid := CASE WHEN by_platform THEN NULL ELSE public.app_org() END;
    person_id       uuid := CASE WHEN by_platform THEN NULL ELSE public.app_user() END;
BEGIN
    IF NOT by_platform AND (organization_id IS NULL OR person_id IS NULL OR organization_id <> ALL (ARRAY[owner_id, coalesce(delegate_id, owner_id)])) THEN
        RAISE EXCEPTION 'the caller is no party of this journal entry' USING ERRCODE = 'insufficient_privilege';
    END IF;

    INSERT INTO public.journal
    VALUES (entry_id, owner_id, delegation_id, delegate_id, visibility, object_type, object_id, revision,
            organization_id, person_id, occur_time, event_type, payload, salt, sha256(salt || payload));
    INSERT INTO public.pending (entry_id) VALUES (entry_id);
END
$$;

-- What the law wants forgotten. The entry stays, and so does its place in the chain.
CREATE FUNCTION erase_journal_payload(entry_id uuid)
RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
    WITH erased AS (
        UPDATE public.journal SET payload = NULL, salt = NULL
        WHERE journal.entry_id = erase_journal_payload.entry_id AND payload IS NOT NULL
        RETURNING 1
    )
    SELECT EXISTS (SELECT FROM erased)
$$;

GRANT EXECUTE ON FUNCTION append_journal TO {request}, {system};
GRANT EXECUTE ON FUNCTION erase_journal_payload TO {system};
GRANT SELECT ON journal TO {system};
GRANT SELECT, DELETE ON pending TO {system};
GRANT SELECT ON SEQUENCE pending_seq_seq TO {system};
GRANT SELECT, INSERT ON seal TO {system};
GRANT SELECT, INSERT, DELETE ON follower_position TO {system};
