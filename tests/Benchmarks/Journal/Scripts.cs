namespace Delegation.Benchmarks.Journal;

/// <summary>
/// For pgbench: the rows that a command writes, as plainly as it goes: no roles, no policies, no functions. There are as many things as the
/// commands have.
/// </summary>
internal static class Scripts
{
    /// <summary>One statement after the other in a transaction, as its own scripts are, and as a command has to that decides between two of them.</summary>
    public const string Transaction =
        $"""
        {Random}
        BEGIN;
        {Change}
        RETURNING revision, owner_id, thing_id \gset
        WITH entry AS (
            INSERT INTO journal
            VALUES (gen_random_uuid(), :owner_id::uuid, NULL, NULL, 'both', 'thing', :thing_id::uuid, :revision::bigint,
                    :owner_id::uuid, :owner_id::uuid, now(), {Event})
            RETURNING entry_id)
        INSERT INTO pending (entry_id) SELECT entry_id FROM entry;
        COMMIT;
        """;

    /// <summary>The raw limit: all of it in one statement and one round trip, where nobody can decide anything.</summary>
    public const string OneStatement =
        $"""
        {Random}
        WITH changed AS (
            {Change}
            RETURNING revision, owner_id, thing_id),
        entry AS (
            INSERT INTO journal
            SELECT gen_random_uuid(), owner_id, NULL, NULL, 'both', 'thing', thing_id, revision, owner_id, owner_id, now(), {Event}
            FROM changed
            RETURNING entry_id)
        INSERT INTO pending (entry_id) SELECT entry_id FROM entry;
        """;

    private const string Random =
        """
        \set owner random(0, 7)
        \set thing random(0, 9)
        """;

    private const string Change =
        """
        INSERT INTO thing (owner_id, thing_id, revision)
        VALUES (('0000000' || :owner || '-0000-0000-0000-000000000003')::uuid, ('0000000' || :owner || '-0000-0000-0000-00000000010' || :thing)::uuid, 1)
        ON CONFLICT (owner_id, thing_id) DO UPDATE SET revision = thing.revision + 1
        """;

    // The columns that append_journal writes too; what is hashed there is hashed here.
    private const string Event = "'google.protobuf.StringValue', 'revision 100', '0123456789abcdef', sha256('0123456789abcdefrevision 100')";
}
