-- Authorities and statutory auditors look at years that are over: audits, and what follows from them, go on after the end of a delegation, and nothing else does.
CREATE OR REPLACE FUNCTION taken_when_closed(owner_id uuid, event_type text, object_id uuid) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$ SELECT event_type ~ '^delegation\.contracts\.v1\.(AuditMission|AuditPackTaken$|Evidence(Asked|Attached|Answered|Accepted)$|Finding|CorrectivePlan)' $$;
