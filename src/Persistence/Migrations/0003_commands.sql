-- What a command needs beside its own tables: the answers kept for retries, and the work that becomes due.

-- The first answer to each request that a caller gave an id. The key has the caller in it: nobody learns from it what others did.
CREATE TABLE idempotency (
    owner_id    uuid        NOT NULL,
    person_id   uuid        NOT NULL,
    method      text        NOT NULL,
    request_id  uuid        NOT NULL,
    fingerprint bytea       NOT NULL CHECK (length(fingerprint) = 32),
    answer      bytea       NOT NULL,
    create_time timestamptz NOT NULL,
    PRIMARY KEY (owner_id, person_id, method, request_id)
);
COMMENT ON TABLE idempotency IS 'kind: organisation
The first answer to each request_id of a caller and method, kept for a day.';
COMMENT ON COLUMN idempotency.fingerprint IS 'SHA-256 of the request without its request_id.';
COMMENT ON COLUMN idempotency.answer IS 'The answer as protobuf, replayed as it was.';
CREATE INDEX idempotency_by_age ON idempotency (create_time);
CALL declare_table('idempotency');
CALL declare_system_access('idempotency', 'SELECT, DELETE');
GRANT SELECT, INSERT ON idempotency TO {request};

-- The answer that the caller's request has had, if any. It first waits for whoever is at work on the same request: two at once run
-- once. The lock is by a hash: two requests that share one wait for each other and nothing else happens.
CREATE FUNCTION answer_to(method text, request_id uuid) RETURNS TABLE (fingerprint bytea, answer bytea)
    LANGUAGE plpgsql VOLATILE
    AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'idempotency', app_org(), app_user(), answer_to.method, answer_to.request_id), 0));
    -- A statement after the lock: it sees what the former holder of the lock committed.
    RETURN QUERY
        SELECT i.fingerprint, i.answer
        FROM idempotency i
        WHERE i.owner_id = app_org() AND i.person_id = app_user() AND i.method = answer_to.method AND i.request_id = answer_to.request_id;
END $$;
GRANT EXECUTE ON FUNCTION answer_to TO {request};

-- Work that waits for its time: reminders, stalls, expiries, schedules. One row per kind of work and object.
CREATE TABLE due (
    kind      text        NOT NULL,
    owner_id  uuid        NOT NULL,
    object_id uuid        NOT NULL,
    due_time  timestamptz NOT NULL,
    attempts  integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    PRIMARY KEY (kind, owner_id, object_id)
);
COMMENT ON TABLE due IS 'kind: system
Work that waits for its time; a row goes with the transaction that does the work.';
COMMENT ON COLUMN due.owner_id IS 'Whose object it is; all zeros, with object_id, for work of the service itself.';
COMMENT ON COLUMN due.attempts IS 'How often it failed since it was scheduled; each time moves due_time on.';
CREATE INDEX due_by_time ON due (due_time);
CALL declare_table('due');

-- The caller must be a party of what it schedules for: of the delegation, or owner_id itself where delegation_id is null.
CREATE FUNCTION schedule_due(kind text, owner_id uuid, delegation_id uuid, object_id uuid, due_time timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
BEGIN
    IF acts_as_party(schedule_due.owner_id, schedule_due.delegation_id) IS NOT TRUE THEN
        RAISE EXCEPTION 'the caller is no party of what it schedules for' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO due AS d (kind, owner_id, object_id, due_time)
    VALUES (schedule_due.kind, schedule_due.owner_id, schedule_due.object_id, schedule_due.due_time)
    ON CONFLICT ON CONSTRAINT due_pkey DO UPDATE SET due_time = excluded.due_time, attempts = 0;
END $$;

-- What was scheduled is no longer to be done. Nothing happens when it was done before, or never scheduled.
CREATE FUNCTION cancel_due(kind text, owner_id uuid, delegation_id uuid, object_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
BEGIN
    IF acts_as_party(cancel_due.owner_id, cancel_due.delegation_id) IS NOT TRUE THEN
        RAISE EXCEPTION 'the caller is no party of what it cancels' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM due d WHERE d.kind = cancel_due.kind AND d.owner_id = cancel_due.owner_id AND d.object_id = cancel_due.object_id;
END $$;
GRANT EXECUTE ON FUNCTION schedule_due, cancel_due TO {request};

-- The service's own first work, which schedules itself again: forgetting answers that nobody will ask for any more.
INSERT INTO due (kind, owner_id, object_id, due_time)
VALUES ('idempotency.expiry', '00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000', 'epoch');
