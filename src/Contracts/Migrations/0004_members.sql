-- The people of an organisation, as its administrators read and change them.
CREATE TABLE member (
    owner_id     uuid        NOT NULL REFERENCES organization (owner_id),
    member_id    uuid        NOT NULL,
    person_id    uuid        NOT NULL,
    issuer       text        NOT NULL,
    subject      text        NOT NULL,
    -- Empty while the person has not said.
    display_name text        NOT NULL CHECK (char_length(display_name) <= 100),
    email        text        NOT NULL CHECK (char_length(email) <= 254),
    phone        text        NOT NULL CHECK (char_length(phone) <= 30),
    roles        text[]      NOT NULL CHECK (cardinality(roles) > 0),
    create_time  timestamptz NOT NULL,
    revision     bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, member_id),
    UNIQUE (owner_id, person_id)
);
COMMENT ON TABLE member IS 'kind: organisation
The people of an organisation and their roles in it; one who was removed has no row.';
CALL declare_table('member');
-- Who somebody is does not change.
GRANT SELECT, INSERT, DELETE, UPDATE (display_name, email, phone, roles, revision) ON member TO {request};

-- UUID version 7 (RFC 9562): milliseconds, then chance. For rows that SQL makes; all others get theirs from the service.
CREATE FUNCTION uuid_at(at timestamptz) RETURNS uuid LANGUAGE sql VOLATILE
    RETURN encode(set_bit(set_bit(
        overlay(uuid_send(gen_random_uuid()) PLACING substring(int8send((extract(epoch FROM at) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
        52, 1), 53, 1), 'hex')::uuid;

-- Who belonged to an organisation before it had members.
INSERT INTO member (owner_id, member_id, person_id, issuer, subject, display_name, email, phone, roles, create_time, revision)
SELECT o.owner_id, uuid_at(o.create_time), m.person_id, m.issuer, m.subject, '', '', '', m.roles, o.create_time, m.revision
FROM membership m JOIN organization o ON o.owner_id = m.organization_id;

-- What access asks, in this service and through the journal in every other, is what members say: in the same transaction, and nothing
-- else writes it. The policy of member has let a caller change their own organisation only.
CREATE FUNCTION membership_follows_member() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM public.membership m WHERE m.issuer = OLD.issuer AND m.subject = OLD.subject AND m.organization_id = OLD.owner_id;
    ELSE
        INSERT INTO public.membership AS m (issuer, subject, organization_id, person_id, roles, side, revision)
        SELECT NEW.issuer, NEW.subject, NEW.owner_id, NEW.person_id, NEW.roles,
               CASE o.kind WHEN 'delegate' THEN 'delegate' ELSE 'insurer' END, NEW.revision
        FROM public.organization o
        WHERE o.owner_id = NEW.owner_id
        ON CONFLICT ON CONSTRAINT membership_pkey DO UPDATE SET roles = excluded.roles, revision = excluded.revision;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER membership_follows AFTER INSERT OR DELETE OR UPDATE OF roles, revision ON member
    FOR EACH ROW EXECUTE FUNCTION membership_follows_member();

-- For a process of the release before this one; this release adds founders like all other members.
CREATE OR REPLACE FUNCTION found_membership(issuer text, subject text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
BEGIN
    IF EXISTS (SELECT FROM public.membership m WHERE m.organization_id = public.app_org()) THEN
        RAISE EXCEPTION 'the organisation has members already' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO public.member (owner_id, member_id, person_id, issuer, subject, display_name, email, phone, roles, create_time, revision)
    SELECT o.owner_id, public.uuid_at(o.create_time), public.app_user(), found_membership.issuer, found_membership.subject, '', '', '',
           ARRAY['administrator'], o.create_time, 1
    FROM public.organization o
    WHERE o.owner_id = public.app_org();
END $$;
