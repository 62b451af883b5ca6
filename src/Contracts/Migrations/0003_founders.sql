-- Whoever registers an organisation administers it; everybody else is let in by somebody who is in.
CREATE INDEX membership_by_organization ON membership (organization_id);

-- Makes the caller the first member of the organisation that this transaction registered and acts for. Issuer and subject must come
-- from a token that was validated.
CREATE FUNCTION found_membership(issuer text, subject text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
BEGIN
    IF EXISTS (SELECT FROM public.membership m WHERE m.organization_id = public.app_org()) THEN
        RAISE EXCEPTION 'the organisation has members already' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO public.membership (issuer, subject, organization_id, person_id, roles, side, revision)
    SELECT found_membership.issuer, found_membership.subject, o.owner_id, public.app_user(), ARRAY['administrator'],
           CASE o.kind WHEN 'delegate' THEN 'delegate' ELSE 'insurer' END, 1
    FROM public.organization o
    WHERE o.owner_id = public.app_org();
END $$;
GRANT EXECUTE ON FUNCTION found_membership TO {request};
