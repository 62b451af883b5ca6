using Delegation.Persistence.Tenancy;
using Npgsql;

namespace Delegation.Persistence.Tests.Tenancy;

/// <summary>A service with one table of each kind, two insurers, two delegates, and a delegation of each insurer to each delegate.</summary>
public sealed class ServiceWithParties : IAsyncLifetime
{
    private const string Tables =
        """
        CREATE TABLE note (
            owner_id uuid NOT NULL, delegation_id uuid NOT NULL, delegate_id uuid NOT NULL, note_id uuid NOT NULL,
            visibility text NOT NULL CHECK (visibility IN ('both', 'insurer', 'delegate')),
            body text NOT NULL,
            PRIMARY KEY (owner_id, delegation_id, note_id),
            FOREIGN KEY (owner_id, delegation_id, delegate_id) REFERENCES delegation (owner_id, delegation_id, delegate_id));
        COMMENT ON TABLE note IS 'kind: party
        With sides.';
        CREATE INDEX note_by_delegate ON note (delegate_id, delegation_id);
        CALL declare_table('note');
        CALL declare_audited('note', '{contract}');
        GRANT SELECT, INSERT, UPDATE, DELETE ON note TO {request};

        CREATE TABLE profile (owner_id uuid PRIMARY KEY, motto text NOT NULL);
        COMMENT ON TABLE profile IS 'kind: organisation';
        CALL declare_table('profile');
        GRANT SELECT, INSERT, UPDATE, DELETE ON profile TO {request};

        CREATE TABLE code (code text PRIMARY KEY);
        COMMENT ON TABLE code IS 'kind: reference';
        CALL declare_table('code');
        INSERT INTO code VALUES ('929');

        CREATE TABLE progress (step int PRIMARY KEY);
        COMMENT ON TABLE progress IS 'kind: system';
        CALL declare_table('progress');
        """;

    private MadeUpService? _service;

    public static Guid Insurer { get; } = Guid.CreateVersion7();

    public static Guid OtherInsurer { get; } = Guid.CreateVersion7();

    public static Guid Tpa { get; } = Guid.CreateVersion7();

    public static Guid OtherTpa { get; } = Guid.CreateVersion7();

    internal MadeUpService Service => _service!;

    public NpgsqlDataSource Requests { get; private set; } = null!;

    public NpgsqlDataSource System { get; private set; } = null!;

    public TenantSessions Sessions => new(Requests);

    /// <summary>The delegation of an insurer to a delegate; the same each time, and none of others has its id.</summary>
    public static Guid DelegationOf(Guid insurer, Guid toTpa)
    {
        Span<byte> bytes = stackalloc byte[16];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(insurer.ToByteArray()[i] ^ (3 * toTpa.ToByteArray()[i]));

        return new Guid(bytes);
    }

    public static Caller CallerOf(Guid organization) => new(organization, Guid.CreateVersion7(), new HashSet<string>());

    public async Task InitializeAsync()
    {
        _service = await MadeUpService.CreateAsync();
        await _service.MigrateAsync(_service.WithPlatform(("0001_tables.sql", Tables)));
        Requests = _service.DataSource(_service.Name);
        System = _service.DataSource(_service.Name + "_system");

        await using var follower = await new SystemSessions(System).OpenAsync();
        foreach (var insurer in new[] { Insurer, OtherInsurer })
        {
            foreach (var toTpa in new[] { Tpa, OtherTpa })
                await follower.ExecuteAsync(
                    "INSERT INTO delegation VALUES (@insurer, @id, @toTpa, 'active', 1)", new { insurer, id = DelegationOf(insurer, toTpa), toTpa });
        }

        await follower.CommitAsync();
    }

    /// <summary>Does something in the name of an organisation, for good.</summary>
    public async Task AsAsync(Guid organization, Func<TenantSession, Task> work)
    {
        await using var session = await Sessions.OpenAsync(CallerOf(organization));
        await work(session);
        await session.CommitAsync();
    }

    public async Task<T> ReadAsync<T>(Guid organization, string sql, object? parameters = null)
    {
        await using var session = await Sessions.OpenAsync(CallerOf(organization));
        return (await session.FindAsync<T>(sql, parameters))!;
    }

    /// <summary>Writes a note of a delegation in the name of one of its parties, and answers its id.</summary>
    public async Task<Guid> WriteNoteAsync(Guid author, Guid insurer, Guid toTpa, string visibility = "both")
    {
        var id = Guid.CreateVersion7();
        await AsAsync(author, session => session.ExecuteAsync(
            "INSERT INTO note VALUES (@insurer, @delegation, @toTpa, @id, @visibility, 'text')",
            new { insurer, delegation = DelegationOf(insurer, toTpa), toTpa, id, visibility }));
        return id;
    }

    public async Task DisposeAsync()
    {
        if (Requests is not null)
            await Requests.DisposeAsync();

        if (System is not null)
            await System.DisposeAsync();

        if (_service is not null)
            await _service.DisposeAsync();
    }
}
