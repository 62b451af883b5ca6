-- Committees that are there already are looked at each day too; those set up from now on schedule themselves.
INSERT INTO due (kind, owner_id, object_id, due_time)
SELECT 'committee.meetings', owner_id, committee_id, 'epoch' FROM committee
ON CONFLICT DO NOTHING;
