-- Audit missions (missions d'audit): who looks at what, by which right, and when.
CREATE TABLE audit_mission (
    owner_id         uuid        NOT NULL,
    delegation_id    uuid        NOT NULL,
    delegate_id      uuid        NOT NULL,
    mission_id       uuid        NOT NULL,
    kind             text        NOT NULL CHECK (kind IN ('client', 'acpr', 'statutory_auditor', 'cnil')),
    title            text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    legal_basis      text        NOT NULL CHECK (char_length(legal_basis) BETWEEN 1 AND 500),
    clause_code      text        NOT NULL,
    clause_title     text        NOT NULL,
    audited_side     text        NOT NULL CHECK (audited_side IN ('insurer', 'delegate')),
    recorded_by      text        NOT NULL CHECK (recorded_by IN ('insurer', 'delegate')),
    subjects         text[]      NOT NULL CHECK (cardinality(subjects) > 0
                                                 AND subjects <@ ARRAY['contract', 'commitments', 'finance', 'project', 'governance', 'figures', 'watch']),
    period_start_day date        NOT NULL,
    period_end_day   date        NOT NULL CHECK (period_end_day >= period_start_day),
    notice_days      integer     NOT NULL CHECK (notice_days BETWEEN 0 AND 90),
    urgent_reason    text        NOT NULL CHECK (char_length(urgent_reason) <= 500),
    open_day         date        NOT NULL,
    close_day        date        NOT NULL CHECK (close_day >= open_day),
    access_start     timestamptz NOT NULL,
    access_end       timestamptz NOT NULL CHECK (access_end > access_start),
    auditors         jsonb       NOT NULL,
    reads_seen_by    text        NOT NULL CHECK (reads_seen_by IN ('both', 'insurer')),
    state            text        NOT NULL CHECK (state IN ('planned', 'notified', 'open', 'closed', 'cancelled')),
    notify_time      timestamptz,
    open_time        timestamptz,
    end_time         timestamptz,
    end_reason       text        NOT NULL CHECK (char_length(end_reason) <= 500),
    create_time      timestamptz NOT NULL,
    revision         bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, delegation_id, mission_id),
    FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id),
    CHECK ((end_time IS NOT NULL) = (state IN ('closed', 'cancelled')))
);
COMMENT ON TABLE audit_mission IS 'kind: party
Audit missions, each about one delegation.';
COMMENT ON COLUMN audit_mission.auditors IS 'Messages Auditor as proto3 JSON; none for auditors without an account.';
COMMENT ON COLUMN audit_mission.access_start IS 'When open_day begins in Paris; access_end is when close_day ends.';
CREATE INDEX audit_mission_by_delegate ON audit_mission (delegate_id, delegation_id, mission_id);
CALL declare_table('audit_mission');
CALL declare_system_access('audit_mission', 'SELECT, UPDATE');
GRANT SELECT, INSERT, UPDATE ON audit_mission TO {request};

-- What admission asks, in this service and through the journal in every other, is what missions say: in the same transaction, and nothing else
-- writes it.
CREATE FUNCTION audit_access_follows_mission() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
BEGIN
    DELETE FROM public.audit_access a WHERE a.mission_id = NEW.mission_id;
    IF NEW.state = 'open' THEN
        INSERT INTO public.audit_access
        SELECT NEW.mission_id, NEW.owner_id, NEW.delegation_id, NEW.delegate_id,
               CASE NEW.recorded_by WHEN 'insurer' THEN NEW.owner_id ELSE NEW.delegate_id END,
               ARRAY(SELECT (auditor ->> 'personId')::uuid FROM jsonb_array_elements(NEW.auditors) auditor) || NEW.mission_id,
               NEW.subjects, NEW.reads_seen_by, NEW.access_start, NEW.access_end, NEW.revision;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER audit_access_follows AFTER INSERT OR UPDATE ON audit_mission FOR EACH ROW EXECUTE FUNCTION audit_access_follows_mission();

-- What auditors may read. Negotiation is closed to them, comments and reviews of departments with it: of a contract they see what was agreed on.
CALL declare_audited('audit_mission', '{mission}', 'mission_id = (SELECT app_mission())');
CALL declare_audited('delegation_profile', '{mission}');
CALL declare_audited('delegation_contacts', '{contract}');
CALL declare_audited('scope_version', '{contract}');
CALL declare_audited('scope_holding', '{contract}');
CALL declare_audited('scope_amendment', '{contract}');
CALL declare_audited('contract', '{contract,commitments,finance}', 'state NOT IN (''draft'', ''negotiating'', ''withdrawn'')');
CALL declare_audited('contract_clause', '{contract}',
    '(owner_id, delegation_id, contract_id) IN (SELECT c.owner_id, c.delegation_id, c.contract_id FROM contract c)');
CALL declare_audited('letter', '{contract}');
CALL declare_audited('regulatory_questionnaire', '{contract}');
CALL declare_audited('requirement_evidence', '{contract}');
CALL declare_audited('requirement_exception', '{contract}');
CALL declare_audited('annex', '{contract}');
CALL declare_audited('annex_version', '{contract}');
CALL declare_audited('joint_version', '{commitments,finance}');
CALL declare_audited('invoice', '{finance}');
CALL declare_audited('credit_note', '{finance,commitments}');
CALL declare_audited('fund_movement', '{finance}');

-- Which requirements apply follows from the kind of the insurer.
GRANT EXECUTE ON FUNCTION insurer_kind TO {auditor};
