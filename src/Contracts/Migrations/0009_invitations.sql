-- Invitations: of a colleague into the inviter's organisation, and of the counterpart in a draft of a delegation. Whoever holds the code may
-- redeem it, once; nothing here depends on who is on the platform, and nothing is ever looked up by SIREN.
CREATE TABLE invitation (
    owner_id      uuid        NOT NULL REFERENCES organization (owner_id),
    invitation_id uuid        NOT NULL,
    kind          text        NOT NULL CHECK (kind IN ('member', 'delegation')),
    code_digest   bytea       NOT NULL CHECK (length(code_digest) = 32),
    email         text        NOT NULL CHECK (char_length(email) <= 254),
    display_name  text        NOT NULL CHECK (char_length(display_name) <= 100),
    roles         text[]      NOT NULL,
    delegation_id uuid,
    legal_name    text        NOT NULL CHECK (char_length(legal_name) <= 200),
    siren         text        NOT NULL CHECK (siren ~ '^([0-9]{9})?$'),
    state         text        NOT NULL CHECK (state IN ('pending', 'accepted', 'revoked')),
    create_time   timestamptz NOT NULL,
    expire_time   timestamptz NOT NULL,
    end_time      timestamptz CHECK ((end_time IS NULL) = (state = 'pending')),
    revision      bigint      NOT NULL CHECK (revision > 0),
    PRIMARY KEY (owner_id, invitation_id),
    CHECK ((kind = 'member') = (cardinality(roles) > 0)),
    CHECK ((kind = 'delegation') = (delegation_id IS NOT NULL)),
    CHECK ((kind = 'delegation') = (siren <> ''))
);
COMMENT ON TABLE invitation IS 'kind: organisation
Whom an organisation invited, to itself or to a delegation that it drafted; the invited see it by their code alone.';
COMMENT ON COLUMN invitation.code_digest IS 'SHA-256 of the code, which nobody keeps: 160 random bits need no salt.';
COMMENT ON COLUMN invitation.legal_name IS 'With siren, the counterpart as the inviter claims it.';
CALL declare_table('invitation');
-- Not unique: a key of all organisations together would be an oracle, and chance makes no two codes alike.
CREATE INDEX invitation_by_code ON invitation (code_digest);
GRANT SELECT, INSERT, UPDATE (state, end_time, revision) ON invitation TO {request};

-- What a code stands for at an instant, for whoever holds it: a row, or none when it was never given out, is used, revoked or expired, or
-- when the draft is withdrawn or means another organisation since.
CREATE FUNCTION invitation_of(code_digest bytea, at timestamptz)
    RETURNS TABLE (owner_id uuid, invitation_id uuid, kind text, email text, display_name text, roles text, delegation_id uuid, legal_name text,
                   siren text, expire_time timestamptz, revision bigint, inviter_kind text, inviter_legal_name text, inviter_siren text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
        SELECT i.owner_id, i.invitation_id, i.kind, i.email, i.display_name, array_to_string(i.roles, ','), i.delegation_id, i.legal_name,
               i.siren, i.expire_time, i.revision, o.kind, o.legal_name, o.siren
        FROM public.invitation i
        JOIN public.organization o ON o.owner_id = i.owner_id
        WHERE i.code_digest = invitation_of.code_digest AND i.state = 'pending' AND i.expire_time > invitation_of.at
          AND (i.kind = 'member' OR EXISTS (
              SELECT FROM public.delegation_draft d
              WHERE d.owner_id = i.owner_id AND d.delegation_id = i.delegation_id AND d.counterpart_siren = i.siren))
    $$;

-- Uses up a code that lets its holder join an organisation. True for one caller only: a second one waits here and then finds it used.
CREATE FUNCTION redeem_member_invitation(code_digest bytea, at timestamptz) RETURNS boolean
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
        WITH redeemed AS (
            UPDATE public.invitation i SET state = 'accepted', end_time = redeem_member_invitation.at, revision = i.revision + 1
            WHERE i.code_digest = redeem_member_invitation.code_digest AND i.kind = 'member' AND i.state = 'pending'
              AND i.expire_time > redeem_member_invitation.at
            RETURNING 1
        )
        SELECT EXISTS (SELECT FROM redeemed)
    $$;

-- Uses up a code that opens a delegation with the organisation that the transaction acts for: one of the other side that has the SIREN
-- that was invited. True for one caller only.
CREATE FUNCTION redeem_delegation_invitation(code_digest bytea, at timestamptz) RETURNS boolean
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
DECLARE
    redeemed public.invitation;
BEGIN
    UPDATE public.invitation i SET state = 'accepted', end_time = redeem_delegation_invitation.at, revision = i.revision + 1
    FROM public.organization inviter, public.organization invitee
    WHERE i.code_digest = redeem_delegation_invitation.code_digest AND i.kind = 'delegation' AND i.state = 'pending'
      AND i.expire_time > redeem_delegation_invitation.at
      AND inviter.owner_id = i.owner_id
      AND invitee.owner_id = public.app_org() AND invitee.siren = i.siren AND (invitee.kind = 'delegate') <> (inviter.kind = 'delegate')
    RETURNING i.* INTO redeemed;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    -- The draft may have come to mean another organisation, and stays as it is to the end of this transaction.
    PERFORM FROM public.delegation_draft d
    WHERE d.owner_id = redeemed.owner_id AND d.delegation_id = redeemed.delegation_id AND d.counterpart_siren = redeemed.siren
    FOR UPDATE;
    RETURN FOUND AND EXISTS (SELECT FROM public.open_delegation(redeemed.owner_id, redeemed.delegation_id, public.app_org(), redeem_delegation_invitation.at));
END $$;
GRANT EXECUTE ON FUNCTION invitation_of, redeem_member_invitation, redeem_delegation_invitation TO {request};
