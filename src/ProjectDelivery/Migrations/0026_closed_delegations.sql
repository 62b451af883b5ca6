-- A project that its delegation left behind before its end is stopped, with a reason.
ALTER TABLE project ADD COLUMN stop_reason text NOT NULL DEFAULT '' CHECK (char_length(stop_reason) <= 1000 AND (stop_reason = '' OR phase = 'closed'));
COMMENT ON COLUMN project.stop_reason IS 'Why the insurer stopped it after its delegation had ended; empty for one that ended by its gates.';

-- What a delegation that has ended left here is read and not changed, but for the end of its project: once more it is the journal that every command passes,
-- and the insert has waited for whoever closes the delegation. An auditor's reading is written all the same. With the passing of a gate goes a change of phase.
CREATE FUNCTION refuse_closed_delegation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM public.delegation d WHERE d.owner_id = NEW.owner_id AND d.delegation_id = NEW.delegation_id AND d.state = 'closed')
       AND NOT (NEW.event_type ~ 'ProjectPhaseChanged$' AND EXISTS (SELECT FROM public.project p WHERE p.owner_id = NEW.owner_id AND p.project_id = NEW.object_id AND p.phase = 'closed')) THEN
        RAISE EXCEPTION 'the delegation is closed' USING ERRCODE = 'DG002';
    END IF;
    RETURN NULL;
END $$;
-- Triggers fire by their names, and those of foreign keys begin with a capital.
CREATE TRIGGER refuse_closed_delegation AFTER INSERT ON journal FOR EACH ROW
    WHEN (NEW.person_id IS NOT NULL AND NEW.delegation_id IS NOT NULL
      AND NEW.event_type !~ '^delegation\.(delivery\.v1\.(ProjectStopped|GatePassed)$|journal\.v1\.(WorkItem|AuditRead))')
    EXECUTE FUNCTION refuse_closed_delegation();
