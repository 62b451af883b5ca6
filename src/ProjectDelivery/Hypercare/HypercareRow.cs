using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Hypercare;

/// <summary>The hypercare of a project as the database keeps it, with what is counted of it.</summary>
internal sealed record HypercareRow(
    Guid ProjectId,
    int ObserveDays,
    int WindowDays,
    int LeastClosedPercent,
    int MostWorkingDays,
    int FirstOperations,
    long TermsRevision,
    DateTime? InsurerAgreeTime,
    DateTime? DelegateAgreeTime,
    DateTime? InsurerReleaseTime,
    DateTime? DelegateReleaseTime,
    DateTime? ReleaseTime,
    long Revision,
    DateTime? RunStartTime,
    int RightOperations,
    int WrongOperations,
    int OpenAdjustments)
{
    public const string ObjectType = "hypercare";

    private static readonly Side[] Sides = [Side.Insurer, Side.Delegate];

    public bool AreTermsAgreed => Sides.All(IsAgreedBy);

    public bool IsReleased => ReleaseTime is not null;

    /// <summary>The day on which the run began: the gate to it was passed.</summary>
    public DateOnly? RunStartDay => RunStartTime is { } start ? ServiceDefaults.Time.ParisDays.DayAt(start) : null;

    public bool IsAgreedBy(Side side) => (side == Side.Insurer ? InsurerAgreeTime : DelegateAgreeTime) is not null;

    public bool IsReleasedBy(Side side) => (side == Side.Insurer ? InsurerReleaseTime : DelegateReleaseTime) is not null;

    /// <summary>Other terms: nobody has agreed to them, and nobody releases the team on them.</summary>
    public HypercareRow With(HypercareTerms terms) => this with
    {
        ObserveDays = terms.ObserveDays,
        WindowDays = terms.WindowDays,
        LeastClosedPercent = terms.LeastClosedPercent,
        MostWorkingDays = terms.MostWorkingDays,
        FirstOperations = terms.FirstOperations,
        TermsRevision = TermsRevision + 1,
        InsurerAgreeTime = null,
        DelegateAgreeTime = null,
        InsurerReleaseTime = null,
        DelegateReleaseTime = null,
        Revision = Revision + 1,
    };

    public HypercareRow AgreedBy(Side side, DateTime now) =>
        (side == Side.Insurer ? this with { InsurerAgreeTime = now } : this with { DelegateAgreeTime = now }) with { Revision = Revision + 1 };

    /// <summary>A side releases the team; with the second one it is released.</summary>
    public HypercareRow ReleasedBy(Side side, DateTime now)
    {
        var released = side == Side.Insurer ? this with { InsurerReleaseTime = now } : this with { DelegateReleaseTime = now };
        return released with { ReleaseTime = Sides.All(released.IsReleasedBy) ? now : null, Revision = Revision + 1 };
    }

    public Delivery.V1.Hypercare ToMessage() => new()
    {
        ProjectId = ProjectId.ToString(),
        Terms = new HypercareTerms
        {
            ObserveDays = ObserveDays,
            WindowDays = WindowDays,
            LeastClosedPercent = LeastClosedPercent,
            MostWorkingDays = MostWorkingDays,
            FirstOperations = FirstOperations,
        },
        AgreedBy = { Sides.Where(IsAgreedBy) },
        RunStartDay = DayField.Write(RunStartDay),
        RightOperations = RightOperations,
        WrongOperations = WrongOperations,
        OpenAdjustments = OpenAdjustments,
        ReleasedBy = { Sides.Where(IsReleasedBy) },
        ReleaseTime = ReleaseTime is { } time ? Timestamp.FromDateTime(time) : null,
        Etag = Etag.Of(ProjectId, TermsRevision),
    };
}
