using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.JournalProcess;

/// <summary>Objects of a made-up service, and the one command that changes one of them.</summary>
public static class Things
{
    /// <summary>What that service's database has.</summary>
    public const string Migration =
        """
        CREATE TABLE thing (
            owner_id uuid   NOT NULL,
            thing_id uuid   NOT NULL,
            revision bigint NOT NULL,
            PRIMARY KEY (owner_id, thing_id)
        );
        COMMENT ON TABLE thing IS 'kind: organisation';
        CALL declare_table('thing');
        GRANT SELECT, INSERT, UPDATE ON thing TO {request};
        """;

    /// <summary>What the database of a follower has: no key, so that an entry applied twice can be seen.</summary>
    public const string FollowerMigration =
        """
        CREATE TABLE applied (
            number      bigint GENERATED ALWAYS AS IDENTITY,
            follower    text   NOT NULL,
            position    bigint NOT NULL,
            object_id   uuid   NOT NULL,
            revision    bigint NOT NULL,
            latency     double precision NOT NULL
        );
        COMMENT ON TABLE applied IS 'kind: system';
        CALL declare_table('applied');
        """;

    private const int Owners = 8;
    private const int ThingsOfEach = 10;

    /// <summary>One of a few owners, the same in every process.</summary>
    public static Guid Owner(int number) => new(number % Owners, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    /// <summary>Changes a thing, or creates it, and writes that to the journal; the transaction is committed.</summary>
    public static async Task ChangeAsync(TenantSessions sessions, Guid owner, int number, CancellationToken cancellationToken)
    {
        await using var session = await sessions.OpenAsync(new Caller(owner, owner, new HashSet<string>()), cancellationToken);
        var thing = new Guid(number % ThingsOfEach, 0, 0, [.. owner.ToByteArray()[..4], 0, 0, 0, 2]);
        var revision = await session.FindAsync<long>(
            """
            INSERT INTO thing (owner_id, thing_id, revision) VALUES (@owner, @thing, 1)
            ON CONFLICT (owner_id, thing_id) DO UPDATE SET revision = thing.revision + 1
            RETURNING revision
            """,
            new { owner, thing },
            cancellationToken);
        await session.AppendAsync(
            new JournalEvent(owner, null, null, Visibility.Both, "thing", thing, revision, new StringValue { Value = $"revision {revision}" }),
            TimeProvider.System,
            cancellationToken);
        await session.CommitAsync(cancellationToken);
    }
}
