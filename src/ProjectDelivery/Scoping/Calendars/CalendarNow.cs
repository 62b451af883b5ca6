using System.Security.Cryptography;
using System.Text;
using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Delivery.V1.Goal.Types.State;

namespace Delegation.ProjectDelivery.Scoping.Calendars;

/// <summary>What the parties agreed on, as the database keeps it.</summary>
internal sealed record CalendarConsents(
    int Version, string? AgreedSha256, string? InsurerSha256, DateTime? InsurerConsentTime, string? DelegateSha256, DateTime? DelegateConsentTime, long Revision)
{
    public static readonly CalendarConsents None = new(0, null, null, null, null, null, 0);
}

/// <summary>A calendar as it is now: milestones, dependencies, and what the parties said of it.</summary>
internal sealed record CalendarNow(ProjectRow Project, IReadOnlyList<Milestone> Milestones, IReadOnlyList<Dependency> Dependencies, CalendarConsents Consents)
{
    /// <summary>Of days and dependencies: what both sides agree on. That a milestone is reached takes nothing back.</summary>
    public string Sha256 => Hash(Milestones, Dependencies);

    public bool IsAgreed => Consents.AgreedSha256 == Sha256;

    public DateTime? ConsentOf(Side side) => side == Side.Insurer
        ? Consents.InsurerSha256 == Sha256 ? Consents.InsurerConsentTime : null
        : Consents.DelegateSha256 == Sha256 ? Consents.DelegateConsentTime : null;

    /// <summary>Null when somebody read it as it is now.</summary>
    public Outcome<T>? EtagMismatch<T>(string etag) => etag.Length == 0
        ? new Outcome<T>.Refused("ETAG_REQUIRED", new("Say what you read: send the `etag` of the calendar.", "Indiquez ce que vous avez lu : envoyez l'`etag` du calendrier."))
        : etag == EtagText ? null : new Outcome<T>.Stale();

    private string EtagText => $"\"{Sha256[..24]}\"";

    /// <param name="now">When somebody asks; null for the journal, which tells nothing that changes by itself.</param>
    public ProjectCalendar ToMessage(DateTimeOffset? now) => new()
    {
        ProjectId = Project.Id.ToString(),
        Milestones = { Milestones.Select(milestone => ToMessage(milestone, now)) },
        Version = Consents.Version,
        Agreed = IsAgreed,
        InsurerConsentTime = Instant(ConsentOf(Side.Insurer)),
        DelegateConsentTime = Instant(ConsentOf(Side.Delegate)),
        Etag = EtagText,
    };

    private CalendarMilestone ToMessage(Milestone milestone, DateTimeOffset? now) => new()
    {
        GoalId = milestone.Id.ToString(),
        Title = milestone.Title,
        DueDay = DayField.Write(milestone.DueDay),
        State = StoredNames.Read<State>(milestone.State),
        After = { Dependencies.Where(dependency => dependency.GoalId == milestone.Id).Select(dependency => new MilestoneDependency { GoalId = dependency.AfterGoalId.ToString(), LagDays = dependency.LagDays }) },
        BaselineDay = DayField.Write(milestone.BaselineDay),
        SlipDays = milestone.BaselineDay is { } baseline ? milestone.DueDay.DayNumber - baseline.DayNumber : 0,
        Late = milestone.State == State.Open.Stored() && ParisDays.EndOf(milestone.DueDay) <= now,
    };

    private static string Hash(IReadOnlyList<Milestone> milestones, IReadOnlyList<Dependency> dependencies)
    {
        var text = new StringBuilder();
        foreach (var milestone in milestones.OrderBy(milestone => milestone.Id))
            text.Append(milestone.Id).Append(' ').Append(DayField.Write(milestone.DueDay)).Append('\n');
        foreach (var dependency in dependencies.OrderBy(dependency => (dependency.GoalId, dependency.AfterGoalId)))
            text.Append(dependency.GoalId).Append(' ').Append(dependency.AfterGoalId).Append(' ').Append(dependency.LagDays).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static Timestamp? Instant(DateTime? time) => time is { } instant ? Timestamp.FromDateTime(instant) : null;
}
