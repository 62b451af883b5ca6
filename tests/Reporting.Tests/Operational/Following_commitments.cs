using Dapper;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Google.Protobuf;
using Npgsql;
using static Delegation.Reporting.Tests.Operational.PreparingCommitments;
using Why = Delegation.Reporting.V1.CommitmentMeasure.Types.Why;

namespace Delegation.Reporting.Tests.Operational;

/// <summary>The copy of the commitments of Contracts: validated versions, where they end, and periods that do not count, each told once.</summary>
public sealed class Following_commitments(ToldHost host) : IClassFixture<ToldHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Versions_hold_from_their_validation_until_another_takes_their_place_and_months_wait_to_be_recorded()
    {
        var partners = await host.Scene.PartnersAsync();
        var (commitment, first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        Tell(partners, new CommitmentVersionProposed { CommitmentVersion = Version(commitment, first, 1, "2026-01-01") }, first, 1);
        Tell(partners, new CommitmentVersionValidated { CommitmentVersion = Version(commitment, first, 1, "2026-01-01") }, first, 2);
        Tell(partners, new CommitmentVersionSuperseded { CommitmentVersion = Version(commitment, first, 1, "2026-01-01", "2026-04-15") }, first, 3);
        Tell(partners, new CommitmentVersionValidated { CommitmentVersion = Version(commitment, second, 2, "2026-04-15") }, second, 1);
        var strike = new Neutralisation { Id = Guid.CreateVersion7().ToString(), Reason = "Grève", Version = new JointVersion { EffectiveDay = "2026-04-20", LastDay = "2026-04-21" } };
        Tell(partners, new NeutralisationValidated { Neutralisation = strike }, Guid.Parse(strike.Id), 1);
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        await Eventually.Async(async () => await administrator.QuerySingleAsync<int>(
            "SELECT count(*)::integer FROM neutralised_period WHERE delegation_id = @Delegation", new { partners.Parties.Delegation }) == 1);

        var measures = (await host.Scene.RecordAprilAsync(partners)).Measures;

        Assert.Equal(
            [("2026-04-01", "2026-04-14", first), ("2026-04-15", "2026-04-19", second), ("2026-04-20", "2026-04-21", second), ("2026-04-22", "2026-04-30", second)],
            measures.Select(measure => (measure.StartDay, measure.EndDay, Guid.Parse(measure.CommitmentVersionId))));
        Assert.Equal((Why.Neutralised, strike.Id), (measures[2].Why, measures[2].NeutralisationId));
        Assert.Equal(1, await administrator.QuerySingleAsync<int>("SELECT count(*)::integer FROM due WHERE kind = 'measures.month' AND object_id = @Delegation", new { partners.Parties.Delegation }));
    }

    [PostgresFact]
    public async Task Each_entry_takes_effect_once_though_the_service_starts_again()
    {
        var partners = await host.Scene.PartnersAsync();
        var (commitment, version) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        Tell(partners, new CommitmentVersionValidated { CommitmentVersion = Version(commitment, version, 1, "2026-01-01") }, version, 1);
        await Eventually.Async(async () => await administrator.QuerySingleAsync<int>(
            "SELECT count(*)::integer FROM commitment_version WHERE delegation_id = @Delegation", new { partners.Parties.Delegation }) == 1);

        await host.StopAsync();
        await administrator.ExecuteAsync("DELETE FROM commitment_version WHERE delegation_id = @Delegation", new { partners.Parties.Delegation });
        host.Start();
        Tell(partners, new CommitmentVersionValidated { CommitmentVersion = Version(commitment, Guid.CreateVersion7(), 2, "2026-02-01") }, commitment, 1);

        await Eventually.Async(async () => await administrator.QuerySingleOrDefaultAsync<int>(
            "SELECT max(number) FROM commitment_version WHERE delegation_id = @Delegation", new { partners.Parties.Delegation }) == 2);
        Assert.Equal(1, await administrator.QuerySingleAsync<int>(
            "SELECT count(*)::integer FROM commitment_version WHERE delegation_id = @Delegation", new { partners.Parties.Delegation }));
    }

    [PostgresFact]
    public async Task A_penalty_waits_until_its_credit_note_is_issued_and_again_once_that_is_withdrawn()
    {
        var (partners, measure) = await host.Scene.BreachAsync();
        var note = new CreditNote { Id = Guid.CreateVersion7().ToString(), CommitmentId = measure.CommitmentId, StartDay = "2026-04-01", EndDay = "2026-04-30" };

        Tell(partners, new CreditNoteIssued { CreditNote = note }, Guid.Parse(note.Id), 1);
        await WorkBecomesAsync(partners, opened: 1, closed: 1);
        Tell(partners, new CreditNoteWithdrawn { CreditNote = note }, Guid.Parse(note.Id), 2);
        await WorkBecomesAsync(partners, opened: 2, closed: 1);
    }

    private async Task WorkBecomesAsync(Partners partners, int opened, int closed)
    {
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        await Eventually.Async(async () => await administrator.QuerySingleAsync<(int, int)>(
            """
            SELECT (count(*) FILTER (WHERE event_type = 'delegation.journal.v1.WorkItemOpened'))::integer,
                   (count(*) FILTER (WHERE event_type = 'delegation.journal.v1.WorkItemClosed'))::integer
            FROM journal WHERE delegation_id = @Delegation
            """,
            new { partners.Parties.Delegation }) == (opened, closed));
    }

    private static CommitmentVersion Version(Guid commitment, Guid id, int number, string from, string supersededOn = "") => new()
    {
        Id = id.ToString(),
        CommitmentId = commitment.ToString(),
        Version = new JointVersion { Number = number, EffectiveDay = from, SupersededOnDay = supersededOn },
        Terms = Quotes(),
    };

    private void Tell(Partners partners, IMessage happened, Guid objectId, long revision) => host.Tell(partners.Parties, happened, objectId, revision);
}
