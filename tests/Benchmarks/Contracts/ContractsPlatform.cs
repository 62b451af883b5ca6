using System.Globalization;
using Delegation.Benchmarks.Gateway;
using Delegation.Persistence.Access;

namespace Delegation.Benchmarks.Contracts;

/// <summary>Contracts, with many delegations of one insurer and one delegate.</summary>
internal sealed class ContractsPlatform(ServicePlatform service) : IAsyncDisposable
{
    public const string InsurerSubject = "of the insurer";
    public const string DelegateSubject = "of the delegate";

    public static Guid Insurer { get; } = Id(0x8000, 1);

    public static Guid Delegate { get; } = Id(0x9000, 1);

    public GatewayProcess Gateway => service.Gateway;

    /// <summary>The role that serves requests, as which pgbench comes too.</summary>
    public string RequestConnectionString => service.RequestConnectionString;

    /// <summary>The delegation of a number, the first being 1: they are listed in this order.</summary>
    public static Guid DelegationId(int number) => Id(0xa000, number);

    public Guid PersonOf(string subject) => new Person(Gateway.Issuer.Authority, subject).Id;

    public static async Task<ContractsPlatform> StartAsync(int delegations, CancellationToken cancellation)
    {
        // As many connections as there are calls at a time, which pgbench has too.
        var platform = new ContractsPlatform(await ServicePlatform.StartAsync("Contracts", [], ContractsBenchmark.AtOnce, cancellation));
        try
        {
            await platform.FillAsync(delegations);
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    public Task<long> CountDraftsAsync() => service.QueryAsync<long>("SELECT count(*) FROM delegation_draft");

    public ValueTask DisposeAsync() => service.DisposeAsync();

    private async Task FillAsync(int delegations)
    {
        await service.ExecuteAsync(
            """
            SET session_replication_role = replica;
            INSERT INTO organization (owner_id, kind, legal_name, siren, create_time)
            VALUES (@Insurer, 'mutual', 'Mutuelle', '775685399', '2026-01-01'), (@Delegate, 'delegate', 'Gestion', '552100554', '2026-01-01');
            INSERT INTO membership VALUES
                (@issuer, @InsurerSubject, @Insurer, @ofInsurer, ARRAY['delegation_manager'], 'insurer', 1),
                (@issuer, @DelegateSubject, @Delegate, @ofDelegate, ARRAY['delegation_manager'], 'delegate', 1);
            CREATE FUNCTION pg_temp.numbered(number int) RETURNS uuid LANGUAGE sql IMMUTABLE
                RETURN ('00000000-0000-7000-a000-' || lpad(to_hex(number), 12, '0'))::uuid;
            INSERT INTO delegation (owner_id, delegation_id, delegate_id, state, revision)
            SELECT @Insurer, pg_temp.numbered(i), @Delegate, 'open', 1 FROM generate_series(1, @delegations) i;
            INSERT INTO delegation_profile (owner_id, delegation_id, delegate_id, title, insurer_legal_name, insurer_siren, delegate_legal_name, delegate_siren,
                                            reference_data, planned_start_day, create_time, update_time)
            SELECT @Insurer, pg_temp.numbered(i), @Delegate, 'Santé collective ' || i, 'Mutuelle', '775685399', 'Gestion', '552100554',
                   '{}', '2026-07-01', '2026-01-01', '2026-01-01' FROM generate_series(1, @delegations) i;
            RESET session_replication_role;
            """,
            new
            {
                Insurer, Delegate, InsurerSubject, DelegateSubject, delegations, issuer = Gateway.Issuer.Authority, ofInsurer = PersonOf(InsurerSubject), ofDelegate = PersonOf(DelegateSubject),
            });
        await service.ExecuteAsync("VACUUM ANALYZE");
    }

    private static Guid Id(int kind, int number) => Guid.ParseExact(string.Create(CultureInfo.InvariantCulture, $"00000000-0000-7000-{kind:x4}-{number:x12}"), "D");
}
