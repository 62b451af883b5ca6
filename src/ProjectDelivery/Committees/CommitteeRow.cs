using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>A committee as the database keeps it, with what its cadence follows: the project in progress, its next milestone, the last meeting.</summary>
internal sealed record CommitteeRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid Id,
    string Level,
    string Name,
    string Mandate,
    string InsurerRoles,
    string DelegateRoles,
    string Steps,
    int RelaxAfter,
    int TacitDays,
    string Step,
    string Reason,
    int GoodPeriods,
    int BreachesInARow,
    DateTime? InsurerConsentTime,
    DateTime? DelegateConsentTime,
    DateTime CreateTime,
    DateTime UpdateTime,
    long Revision,
    string? ProjectPhase,
    DateOnly? NextMilestone,
    DateTime? LastMeeting)
{
    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public CadenceRule Rule => new(StoredNames.Read<CommitteeLevel>(Level), [.. Steps.Split(',').Select(StoredNames.Read<CadenceStep>)], RelaxAfter);

    /// <summary>Where the cadence stands in the run; in the project this waits.</summary>
    public CadenceState InRun => new(StoredNames.Read<CadenceStep>(Step), StoredNames.Read<CadenceReason>(Reason), GoodPeriods, BreachesInARow);

    /// <summary>A delegation without project in progress is operated: there is nothing else to follow.</summary>
    public bool IsInRun => ProjectPhase is null || StoredNames.Read<Delivery.V1.ProjectPhase>(ProjectPhase) == Delivery.V1.ProjectPhase.Run;

    /// <summary>Whether a breach that Reporting measured moves it, and is not told by minutes alone.</summary>
    public bool FollowsBreaches => Rule.Level is CommitteeLevel.OperationalCommittee or CommitteeLevel.ExecutiveCommittee;

    public bool OffersRelaxation => IsInRun && Rule.OffersRelaxation(InRun);

    public bool HasConsentOf(Side side) => (side == Side.Insurer ? InsurerConsentTime : DelegateConsentTime) is not null;

    /// <summary>The committee with its cadence as it is since; what was consented to before is over.</summary>
    public CommitteeRow With(CadenceState state, DateTime now) => this with
    {
        Step = state.Step.Stored(),
        Reason = state.Reason.Stored(),
        GoodPeriods = state.GoodPeriods,
        BreachesInARow = state.BreachesInARow,
        InsurerConsentTime = null,
        DelegateConsentTime = null,
        UpdateTime = now,
        Revision = Revision + 1,
    };

    /// <summary>The committee with who sits in it for a side.</summary>
    public CommitteeRow With(Side side, IEnumerable<Role> roles, DateTime now)
    {
        var codes = string.Join(',', roles.Distinct().Select(role => role.Code()));
        var changed = side == Side.Insurer ? this with { InsurerRoles = codes } : this with { DelegateRoles = codes };
        return changed with { UpdateTime = now, Revision = Revision + 1 };
    }

    /// <summary>The committee as it is at an instant, in words of a language; without words for null.</summary>
    public Committee ToMessage(DateTimeOffset now, string? language)
    {
        var today = ParisDays.DayAt(now);
        var state = IsInRun ? InRun : Rule.InProject(StoredNames.Read<Delivery.V1.ProjectPhase>(ProjectPhase!), NextMilestone?.DayNumber - today.DayNumber);
        var words = CadenceExplanation.Of(Rule, state);
        return new Committee
        {
            Id = Id.ToString(),
            DelegationId = DelegationId.ToString(),
            Level = Rule.Level,
            Name = Name,
            Mandate = Mandate,
            InsurerRoles = { Roles(InsurerRoles) },
            DelegateRoles = { Roles(DelegateRoles) },
            Steps = { Rule.Steps },
            RelaxAfter = RelaxAfter,
            TacitDays = TacitDays,
            Cadence = new Cadence
            {
                Step = state.Step,
                Reason = state.Reason,
                Explanation = language switch { null => "", "fr" => words.French, _ => words.English },
                GoodPeriods = state.GoodPeriods,
                RelaxationOffered = OffersRelaxation,
                InsurerConsentTime = Instant(InsurerConsentTime),
                DelegateConsentTime = Instant(DelegateConsentTime),
                NextMeetingDay = DayField.Write(state.Step.After(ParisDays.DayAt(LastMeeting ?? CreateTime))),
            },
            CreateTime = Timestamp.FromDateTime(CreateTime),
            UpdateTime = Timestamp.FromDateTime(UpdateTime),
            Etag = Etag.Of(Id, Revision),
        };
    }

    private static IEnumerable<Role> Roles(string codes) =>
        codes.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(code => RoleCodes.TryParse(code, out var role) ? role : Role.Unspecified);

    private static Timestamp? Instant(DateTime? time) => time is { } instant ? Timestamp.FromDateTime(instant) : null;
}
