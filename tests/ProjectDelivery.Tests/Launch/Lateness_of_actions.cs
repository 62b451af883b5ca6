using Delegation.ProjectDelivery.Launch;

namespace Delegation.ProjectDelivery.Tests.Launch;

public sealed class Lateness_of_actions
{
    [Theory]
    [InlineData("open", "2026-03-31", "2026-03-31T21:59:59Z", false)]
    [InlineData("open", "2026-03-31", "2026-03-31T22:00:00Z", true)]
    [InlineData("open", "2026-01-31", "2026-01-31T22:59:59Z", false)]
    [InlineData("open", "2026-01-31", "2026-01-31T23:00:00Z", true)]
    [InlineData("done", "2026-01-31", "2027-01-31T23:00:00Z", false)]
    [InlineData("dropped", "2026-01-31", "2027-01-31T23:00:00Z", false)]
    public void An_open_action_is_late_from_the_end_of_its_due_day_in_Paris(string state, string dueDay, string now, bool late) =>
        Assert.Equal(late, Lateness.IsLate(state, DateOnly.Parse(dueDay), DateTimeOffset.Parse(now)));
}
