using System.Globalization;
using Delegation.Access.V1;
using Delegation.Contracts.Annexes;
using Delegation.Contracts.Tests.LetterOfEngagement;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using State = Delegation.Contracts.V1.Annex.Types.State;
using Step = Delegation.Contracts.Annexes.AnnexDeadlines.Step;

namespace Delegation.Contracts.Tests.Annexes;

/// <summary>No annex is late or expires silently.</summary>
public sealed class Deadlines_of_annexes(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private static readonly DateOnly Day = new(2026, 6, 30);

    public void Dispose() => host.Logs.AssertNoErrors();

    [Theory]
    [InlineData(0, false, "Wait")]
    [InlineData(1, false, "Overdue")]
    [InlineData(1, true, "Wait")]
    public void It_is_late_once_from_the_day_after_its_due_day(int days, bool found, string step) =>
        Assert.Equal(Enum.Parse<Step>(step), AnnexDeadlines.Due(Annex() with { OverdueTime = found ? DateTime.UtcNow : null }, Day.AddDays(days)));

    [Theory]
    [InlineData(-31, false, "Wait")]
    [InlineData(-30, false, "Warn")]
    [InlineData(-5, true, "Wait")]
    [InlineData(0, true, "Wait")]
    [InlineData(1, true, "Expire")]
    [InlineData(400, false, "Expire")]
    public void An_approved_one_warns_thirty_days_ahead_and_expires_after_its_last_day(int days, bool warned, string step) => Assert.Equal(
        Enum.Parse<Step>(step),
        AnnexDeadlines.Due(Annex() with { ApprovedVersionId = Guid.NewGuid(), ExpireDay = Day, WarnTime = warned ? DateTime.UtcNow : null }, Day.AddDays(days)));

    [PostgresFact]
    public async Task The_platform_tells_both_sides_what_is_late_and_what_expires()
    {
        var agreement = await AnnexCalls.OpenAsync(host);
        var approved = await host.ConcludeAsync(agreement, expireDay: LetterCalls.Day(40));
        var late = await host.Annexes(agreement, insurer: true).RequestAnnexAsync(
            new RequestAnnexRequest(AnnexCalls.Request(agreement.Delegation.Id, DueAnnex.Types.Kind.CsrCharter)) { DueDay = LetterCalls.Day(5) }, deadline: People.Deadline);

        MoveClock(TimeSpan.FromDays(12));
        await Eventually.Async(async () => (await EventsAsync(agreement)).Count == 2);
        Assert.Contains(("annex.provide", Side.Delegate), await host.OpenWorkAsync(agreement.Parties.Insurer.Id));
        MoveClock(TimeSpan.FromDays(42));
        await Eventually.Async(async () => (await EventsAsync(agreement)).Count == 3);

        Assert.Equal(["AnnexExpired", "AnnexExpiryAhead", "AnnexOverdue"], (await EventsAsync(agreement)).Order());
        Assert.True((await ReadAsync(agreement, late)).Overdue);
        var expired = await ReadAsync(agreement, approved);
        Assert.Equal((State.Expired, "", true), (expired.State, expired.ApprovedVersionId, expired.Overdue));
    }

    private static AnnexRow Annex() => new()
    {
        OwnerId = Guid.Empty, DelegationId = Guid.Empty, DelegateId = Guid.Empty, Id = Guid.Empty, Kind = "csr_charter", Title = "", Provider = "delegate", Departments = ["legal"],
        DueDay = Day, State = "requested", CreateTime = DateTime.UnixEpoch, Revision = 1,
    };

    private async Task<IReadOnlyList<string>> EventsAsync(Scope.Agreement agreement) =>
        [.. (await host.EntriesOfAsync(agreement.Parties.Insurer.Id)).Where(entry => entry.Event is AnnexExpired or AnnexExpiryAhead or AnnexOverdue).Select(entry => entry.Event.Descriptor.Name)];

    private async Task<Annex> ReadAsync(Scope.Agreement agreement, Annex annex) =>
        await host.Annexes(agreement, insurer: true).GetAnnexAsync(new GetAnnexRequest { DelegationId = annex.DelegationId, AnnexId = annex.Id }, deadline: People.Deadline);

    private void MoveClock(TimeSpan offset)
    {
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration["Clock:Offset"] = offset.ToString("c", CultureInfo.InvariantCulture);
        configuration.Reload();
    }
}
