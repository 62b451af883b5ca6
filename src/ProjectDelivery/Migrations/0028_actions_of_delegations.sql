-- The actions of all projects of a delegation, for whoever knows the delegation alone.
CREATE INDEX action_by_delegation ON action (owner_id, delegation_id, due_day, action_id);
CREATE INDEX action_by_delegate_and_delegation ON action (delegate_id, delegation_id, due_day, action_id);
