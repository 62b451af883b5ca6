using System.Globalization;
using Delegation.Contracts.LetterOfEngagement;
using Delegation.Contracts.Tests.Scope;
using Delegation.Contracts.V1;
using Delegation.Journal.V1;
using Delegation.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using State = Delegation.Contracts.V1.Letter.Types.State;
using Step = Delegation.Contracts.LetterOfEngagement.ExpirySteps.Step;

namespace Delegation.Contracts.Tests.LetterOfEngagement;

/// <summary>No letter ends silently.</summary>
public sealed class Expiry_of_letters(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private static readonly DateOnly End = new(2026, 6, 30);

    public void Dispose() => host.Logs.AssertNoErrors();

    [Theory]
    [InlineData(31, null, "Wait", 0)]
    [InlineData(30, null, "Warn", 30)]
    [InlineData(29, 30, "Wait", 0)]
    [InlineData(7, 30, "Warn", 7)]
    [InlineData(5, null, "Warn", 7)]
    [InlineData(0, 7, "Wait", 0)]
    [InlineData(-1, 7, "Expire", 0)]
    [InlineData(-40, null, "Expire", 0)]
    public void Warnings_come_thirty_and_seven_days_ahead_and_expiry_after_the_last_day(int daysLeft, int? warned, string step, int ahead) =>
        Assert.Equal((Enum.Parse<Step>(step), ahead), ExpirySteps.Due(End, warned, End.AddDays(-daysLeft)));

    /// <summary>However late each look comes, every letter expires, after at most two warnings, and the looks go forward.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(45)]
    public void Looking_again_at_the_times_it_names_leads_to_expiry(int late)
    {
        int? warned = null;
        var steps = new List<Step>();
        for (var looks = 0; looks < 5 && !steps.Contains(Step.Expire); looks++)
        {
            var today = ServiceDefaults.Time.ParisDays.DayAt(ExpirySteps.Next(End, warned)).AddDays(late);
            var (step, ahead) = ExpirySteps.Due(End, warned, today);
            warned = step == Step.Warn ? ahead : warned;
            steps.Add(step);
        }

        Assert.Equal(Step.Expire, steps[^1]);
        Assert.DoesNotContain(Step.Wait, steps);
    }

    [PostgresFact]
    public async Task The_platform_warns_both_sides_ahead_and_says_when_it_is_over()
    {
        var agreement = await Agreement.OpenAsync(host);
        var letter = await agreement.ConcludeAsync(end: LetterCalls.Day(40));

        MoveClock(TimeSpan.FromDays(12));
        await Eventually.Async(async () => (await EventsAsync(agreement)).Count == 1);
        MoveClock(TimeSpan.FromDays(35));
        await Eventually.Async(async () => (await EventsAsync(agreement)).Count == 2);
        MoveClock(TimeSpan.FromDays(42));
        await Eventually.Async(async () => (await agreement.ReadAsync(letter)).State == State.Expired);

        var events = await EventsAsync(agreement);
        Assert.Equal(["LetterExpiryAhead", "LetterExpiryAhead", "LetterExpired"], events.Select(entry => entry.Event.Descriptor.Name));
        Assert.All(events, entry => Assert.Equal((null, null), (entry.OrganizationId, entry.PersonId)));
        Assert.InRange(((LetterExpiryAhead)events[0].Event).DaysLeft, 28, 30);

        var entries = await host.EntriesOfAsync(agreement.Parties.Insurer.Id);
        var work = entries.Select(entry => entry.Event).OfType<WorkItemOpened>().Where(opened => opened.WorkItem.Kind == "letter.replace").Select(opened => opened.WorkItem.Id).ToHashSet();
        Assert.Equal(2, work.Count);
        Assert.Superset(work, entries.Select(entry => entry.Event).OfType<WorkItemClosed>().Select(closed => closed.WorkItemId).ToHashSet());

        var title = await agreement.Titles().GetTitleAsync(new GetTitleRequest { DelegationId = letter.DelegationId }, deadline: Agreement.Deadline);
        Assert.Equal(TitleBreach.LetterExpired, title.Breach);
    }

    private async Task<IReadOnlyList<WrittenEntry>> EventsAsync(Agreement agreement) =>
        [.. (await host.EntriesOfAsync(agreement.Parties.Insurer.Id)).Where(entry => entry.Event is LetterExpiryAhead or LetterExpired)];

    private void MoveClock(TimeSpan offset)
    {
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration["Clock:Offset"] = offset.ToString("c", CultureInfo.InvariantCulture);
        configuration.Reload();
    }
}
