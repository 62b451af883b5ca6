-- The certificate of destruction is kept as it was issued: names of people change, and its hash must not.
ALTER TABLE delegation_exit ADD COLUMN certificate bytea;
COMMENT ON COLUMN delegation_exit.certificate IS 'The certificate of destruction as PDF, of which the exit has the hash; null before.';

-- Whoever signed is named in it; what runs without a caller learns the name and nothing else.
CREATE FUNCTION name_of_person(organization uuid, person uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$ SELECT m.display_name FROM public.member m WHERE m.owner_id = organization AND m.person_id = person $$;
GRANT EXECUTE ON FUNCTION name_of_person TO {system};
