-- The rule is that of all services now; of a closed delegation there is still the end of its project. With the passing of a gate goes a change of phase.
DROP TRIGGER refuse_closed_delegation ON journal;
DROP FUNCTION refuse_closed_delegation;

CREATE OR REPLACE FUNCTION taken_when_closed(owner_id uuid, event_type text, object_id uuid) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
        SELECT event_type IN ('delegation.delivery.v1.ProjectStopped', 'delegation.delivery.v1.GatePassed')
            OR event_type = 'delegation.delivery.v1.ProjectPhaseChanged' AND EXISTS (
                SELECT FROM public.project p
                WHERE p.owner_id = taken_when_closed.owner_id AND p.project_id = taken_when_closed.object_id AND p.phase = 'closed')
    $$;
