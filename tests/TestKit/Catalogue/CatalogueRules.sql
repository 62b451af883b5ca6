-- Every rule of 'who sees what' that the catalogue of a database can break, one SELECT each; no row means that none is broken.
-- @owner, @request, @system and @auditor are the service's roles. Runs as an administrator with schema public in its search path.
WITH
relation AS (
    SELECT c.oid, c.oid::regclass::text AS name, c.relkind, c.reloptions, c.relrowsecurity, c.relforcerowsecurity,
           pg_get_userbyid(c.relowner) AS owner,
           substring(obj_description(c.oid, 'pg_class') FROM '^kind: ([a-z]+)(?:\n|$|(?<=party), lines(?:\n|$))') AS kind,
           obj_description(c.oid, 'pg_class') ~ '^kind: party, lines' AS has_lines
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
),
tables AS (SELECT * FROM relation WHERE relkind IN ('r', 'p')),
tenant AS (
    SELECT t.*, a.attname IS NOT NULL AS has_visibility,
           CASE
               WHEN kind = 'organisation' THEN 'is_owner(owner_id, ( SELECT app_org() AS app_org))'
               WHEN a.attname IS NULL THEN 'is_party(owner_id, delegate_id, ( SELECT app_org() AS app_org))'
               ELSE 'is_party(owner_id, delegate_id, visibility, ( SELECT app_org() AS app_org))'
           END AS sees
    FROM tables t
    LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'visibility' AND NOT a.attisdropped
    WHERE kind IN ('party', 'organisation')
),
-- Bulk lines, of which there are millions: their parties are those of an import, which their policy looks up in place of a foreign key per line,
-- and they are reached by their delegation, so that no index of their own is for the delegate's side. All other rules of the kind hold for them.
written AS (
    SELECT oid, CASE WHEN has_lines THEN format(
        '(%s AND ((owner_id, delegation_id, delegate_id, import_number) IN ( SELECT i.owner_id, i.delegation_id, i.delegate_id, i.number FROM import i)))', sees)
        ELSE sees END AS writes
    FROM tenant
),
policy AS (
    SELECT p.polrelid, p.polname, p.polpermissive AND p.polcmd = '*' AS is_plain, p.polpermissive AND p.polcmd = 'r' AS only_reads,
           (SELECT array_agg(pg_get_userbyid(r)::text) FROM unnest(p.polroles) r) AS roles,
           pg_get_expr(p.polqual, p.polrelid) AS sees,
           regexp_replace(coalesce(pg_get_expr(p.polwithcheck, p.polrelid), pg_get_expr(p.polqual, p.polrelid)), '\s+', ' ', 'g') AS writes
    FROM pg_policy p
),
-- The columns of each foreign key in the order of its definition, as pairs.
reference AS (
    SELECT c.conrelid, c.confrelid, c.convalidated,
           array_agg(a.attname || '=' || f.attname ORDER BY a.attname) AS pairs
    FROM pg_constraint c
    CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS k (own, other)
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.own
    JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = k.other
    WHERE c.contype = 'f'
    GROUP BY c.oid
)

SELECT name || ': declares no kind' FROM tables
WHERE kind IS NULL OR kind NOT IN ('party', 'organisation', 'reference', 'system')

UNION ALL SELECT name || ': belongs to ' || owner FROM relation WHERE owner <> @owner

UNION ALL SELECT name || ': row-level security is off' FROM tenant WHERE NOT relrowsecurity
UNION ALL SELECT name || ': row-level security is not forced' FROM tenant WHERE NOT relforcerowsecurity

UNION ALL SELECT name || ': has no policy tenant that is ' || sees FROM tenant t
WHERE NOT EXISTS (
    SELECT FROM policy p JOIN written w ON w.oid = p.polrelid
    WHERE p.polrelid = t.oid AND p.polname = 'tenant' AND p.is_plain AND p.roles = ARRAY[@request] AND p.sees = t.sees AND p.writes = w.writes)

UNION ALL SELECT name || ': has no policy for its owner, whose backfills would change nothing' FROM tenant t
WHERE NOT EXISTS (
    SELECT FROM policy p WHERE p.polrelid = t.oid AND p.polname = 'owner' AND p.is_plain AND p.roles = ARRAY[@owner] AND p.sees = 'true' AND p.writes = 'true')

UNION ALL SELECT name || ': is not hidden from a delegate that has left' FROM tenant t
WHERE kind = 'party' AND NOT EXISTS (
    SELECT FROM pg_policy p
    WHERE p.polrelid = t.oid AND p.polname = 'departed' AND NOT p.polpermissive AND p.polcmd = '*'
      AND pg_get_expr(p.polqual, p.polrelid) = 'COALESCE((delegation_id <> ALL (( SELECT departed() AS departed)::uuid[])), true)')

UNION ALL SELECT name || ': has a policy ' || p.polname || ' that is not of its kind' FROM tables t JOIN policy p ON p.polrelid = t.oid
WHERE NOT (t.kind IN ('party', 'organisation') AND (p.polname IN ('tenant', 'owner') OR p.polname = 'departed' AND t.kind = 'party' AND p.roles = ARRAY[@request] OR p.polname = 'system' AND p.roles = ARRAY[@system])
           OR t.kind = 'party' AND p.polname = 'auditor' AND p.roles = ARRAY[@auditor])

-- An auditor sees of a delegation what both parties do, in an open mission, and changes nothing. What is for several delegations names them all; a
-- row may be seen by what it belongs to, which the auditor has to see.
UNION ALL SELECT t.name || ': is open to auditors beyond their missions' FROM tenant t JOIN policy p ON p.polrelid = t.oid
WHERE p.polname = 'auditor' AND NOT (p.only_reads
    AND (p.sees ~ '^\(+\(owner_id, delegation_id\) IN \( SELECT s.owner_id,\s+s.delegation_id\s+FROM audit_scope\(''\{[a-z,]+\}''::text\[\]\) s\(owner_id, delegation_id\)\)\)'
      OR p.sees ~ format(
        '^\(+EXISTS \( SELECT\s+FROM audit_scope\(''\{[a-z,]+\}''::text\[\]\) s\(owner_id, delegation_id\)\s+WHERE \(\(s.owner_id = %1$s.owner_id\) AND \(s.delegation_id = ANY \(%1$s.delegation_ids\)\)\)\)\)( AND \(visibility = ''both''::text\)\))?$',
        t.name)
      OR EXISTS (
        SELECT FROM policy other
        WHERE other.polname = 'auditor' AND other.polrelid <> t.oid AND p.sees ~ format(
            '^\(\(EXISTS \( SELECT\s+FROM %2$s (\w+)\s+WHERE \(\(\1.owner_id = %1$s.owner_id\) AND \(\1.delegation_id = %1$s.delegation_id\) AND [^;]*\)\)\) AND \(visibility = ''both''::text\)\)$',
            t.name, other.polrelid::regclass)))
    AND (NOT t.has_visibility OR p.sees ~ ' AND \(visibility = ''both''::text\)( AND |\)$)'))
UNION ALL SELECT name || ': ' || @auditor || ' may ' || privilege FROM tables t
CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS privilege
WHERE (has_table_privilege(@auditor, t.oid, privilege) OR privilege IN ('SELECT', 'INSERT', 'UPDATE') AND has_any_column_privilege(@auditor, t.oid, privilege))
  AND NOT (privilege = 'SELECT' AND (t.kind = 'reference' OR EXISTS (SELECT FROM policy p WHERE p.polrelid = t.oid AND p.polname = 'auditor')))

UNION ALL SELECT t.name || ': has no column ' || c.name || ' that is ' || c.type || ' NOT NULL' FROM tenant t
JOIN (VALUES
    ('party', 'owner_id', 'uuid'), ('party', 'delegation_id', 'uuid'), ('party', 'delegate_id', 'uuid'), ('organisation', 'owner_id', 'uuid'),
    ('party', 'visibility', 'text')) AS c (kind, name, type) ON c.kind = t.kind AND (c.name <> 'visibility' OR t.has_visibility)
WHERE NOT EXISTS (
    SELECT FROM pg_attribute a
    WHERE a.attrelid = t.oid AND a.attname = c.name AND a.atttypid = c.type::regtype AND a.attnotnull AND NOT a.attisdropped)

UNION ALL SELECT name || ': has no primary key' FROM tables t
WHERE NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = t.oid AND i.indisprimary)

-- Who tries a key would learn whether another organisation has it.
UNION ALL SELECT name || ': key ' || i.indexrelid::regclass || ' does not start with owner_id' FROM tenant t
JOIN pg_index i ON i.indrelid = t.oid AND (i.indisunique OR i.indisexclusion)
LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
WHERE a.attname IS DISTINCT FROM 'owner_id'

UNION ALL SELECT name || ': does not refer to its delegation with all three columns' FROM tenant t
WHERE kind = 'party' AND NOT has_lines AND oid IS DISTINCT FROM to_regclass('public.delegation') AND NOT EXISTS (
    SELECT FROM reference r
    WHERE r.conrelid = t.oid AND r.confrelid = to_regclass('public.delegation') AND r.convalidated
      AND r.pairs = ARRAY['delegate_id=delegate_id', 'delegation_id=delegation_id', 'owner_id=owner_id'])

-- Foreign keys are checked without policies: one by id alone would take, and tell, rows of others.
UNION ALL SELECT t.name || ': refers to ' || other.name || ' without owner_id' FROM tenant t
JOIN reference r ON r.conrelid = t.oid
JOIN tenant other ON other.oid = r.confrelid
WHERE NOT 'owner_id=owner_id' = ANY (r.pairs)

UNION ALL SELECT name || ': has no index for the delegate''s side' FROM tenant t
WHERE kind = 'party' AND NOT has_lines AND NOT EXISTS (
    SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
    WHERE i.indrelid = t.oid AND a.attname = 'delegate_id' AND i.indpred IS NULL)

UNION ALL SELECT name || ': ' || role || ' may ' || privilege FROM tables t
CROSS JOIN (VALUES (@request), (@system)) AS roles (role)
CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS privilege
WHERE has_table_privilege(role, t.oid, privilege) AND CASE
    -- These three go round policies.
    WHEN privilege IN ('TRUNCATE', 'REFERENCES', 'TRIGGER') THEN true
    WHEN role = @request AND t.kind = 'system' THEN true
    WHEN role = @request AND t.kind = 'reference' THEN privilege <> 'SELECT'
    ELSE false
END

UNION ALL SELECT name || ': ' || @request || ' may ' || privilege || ' some columns' FROM tables t
CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE']) AS privilege
WHERE t.kind IN ('system', 'reference') AND has_any_column_privilege(@request, t.oid, privilege) AND NOT has_table_privilege(@request, t.oid, privilege)

UNION ALL SELECT name || ': is granted to ' || @system || ', which no policy lets see a row' FROM tenant t
WHERE has_table_privilege(@system, t.oid, 'SELECT, INSERT, UPDATE, DELETE')
  AND NOT EXISTS (SELECT FROM policy p WHERE p.polrelid = t.oid AND p.polname = 'system')

-- The owner of a view reads for whoever reads the view.
UNION ALL SELECT name || ': is a view with the rights of its owner' FROM relation
WHERE relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)
UNION ALL SELECT name || ': knows no policies' FROM relation WHERE relkind IN ('m', 'f')

UNION ALL SELECT p.oid::regprocedure || ': runs with the rights of its owner and has no search_path of its own' FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prosecdef AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM unnest(p.proconfig) setting WHERE setting LIKE 'search_path=%')

UNION ALL SELECT p.oid::regprocedure || ': runs with the rights of its owner for everybody' FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prosecdef AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) acl WHERE acl.grantee = 0)

UNION ALL SELECT rolname || ': is a superuser or goes round policies' FROM pg_roles
WHERE rolname IN (@owner, @request, @system, @auditor) AND (rolsuper OR rolbypassrls)

UNION ALL SELECT rolname || ': logs in, and is only taken on' FROM pg_roles WHERE rolname IN (@owner, @auditor) AND rolcanlogin

UNION ALL SELECT role.rolname || ': may act as another role, ' || pg_get_userbyid(m.roleid) FROM pg_roles role
JOIN pg_auth_members m ON m.member = role.oid
WHERE role.rolname IN (@request, @system, @auditor) AND NOT (role.rolname = @request AND pg_get_userbyid(m.roleid) = @auditor)

-- Inherited, what auditors may see would come into everybody's plans.
UNION ALL SELECT rolname || ': inherits what auditors may see' FROM pg_roles WHERE rolname = @request AND rolinherit

ORDER BY 1
