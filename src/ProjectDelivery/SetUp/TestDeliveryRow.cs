using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Delivery.V1.TestDelivery.Types.State;

namespace Delegation.ProjectDelivery.SetUp;

/// <summary>A test delivery as the database keeps it, without its lines.</summary>
internal sealed record TestDeliveryRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid ProjectId,
    Guid Id,
    Guid ReportId,
    long ReportRevision,
    int Number,
    DateOnly PeriodFirstDay,
    DateOnly PeriodLastDay,
    string FileName,
    string FileSha256,
    string State,
    DateTime? InsurerAcceptTime,
    DateTime? DelegateAcceptTime,
    DateTime CreateTime,
    DateTime? AgreeTime,
    long Revision)
{
    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public State In => StoredNames.Read<State>(State);

    public bool IsAcceptedBy(Side side) => (side == Side.Insurer ? InsurerAcceptTime : DelegateAcceptTime) is not null;

    /// <summary>After what the sides count or say of it changed: what was accepted before is to be accepted again.</summary>
    public TestDeliveryRow Counted(IReadOnlyList<ReconciledLine> lines, DateTime now)
    {
        var state = lines.All(line => line.Insurer is null) ? TestDelivery.Types.State.Delivered
            : lines.Any(line => line.Differs) ? TestDelivery.Types.State.Different
            : TestDelivery.Types.State.Agreed;
        return this with
        {
            State = state.Stored(),
            InsurerAcceptTime = null,
            DelegateAcceptTime = null,
            AgreeTime = state == TestDelivery.Types.State.Agreed ? now : null,
            Revision = Revision + 1,
        };
    }

    /// <summary>A side accepts the differences as they are; the second one agrees on the delivery.</summary>
    public TestDeliveryRow AcceptedBy(Side side, DateTime now)
    {
        var accepted = side == Side.Insurer ? this with { InsurerAcceptTime = now } : this with { DelegateAcceptTime = now };
        var agreed = accepted is { InsurerAcceptTime: not null, DelegateAcceptTime: not null };
        return accepted with
        {
            State = agreed ? TestDelivery.Types.State.Agreed.Stored() : State, AgreeTime = agreed ? now : null, Revision = Revision + 1,
        };
    }

    /// <summary>The delivery with its lines; without any in lists.</summary>
    public TestDelivery ToMessage(IReadOnlyList<ReconciledLine> lines) => new()
    {
        Id = Id.ToString(),
        ProjectId = ProjectId.ToString(),
        ReportId = ReportId.ToString(),
        ReportRevision = ReportRevision,
        Number = Number,
        PeriodFirstDay = DayField.Write(PeriodFirstDay),
        PeriodLastDay = DayField.Write(PeriodLastDay),
        FileName = FileName,
        FileSha256 = FileSha256,
        State = In,
        InsurerCount = CountOf(lines, line => line.Insurer),
        DelegateCount = CountOf(lines, line => line.Delegate),
        Differences = { In == TestDelivery.Types.State.Delivered ? [] : lines.Where(line => line.Differs).Select(ToDifference) },
        AcceptedBy = { new[] { Side.Insurer, Side.Delegate }.Where(IsAcceptedBy) },
        CreateTime = Timestamp.FromDateTime(CreateTime),
        AgreeTime = AgreeTime is { } time ? Timestamp.FromDateTime(time) : null,
        Etag = Etag.Of(Id, Revision),
    };

    private static DeliveryCount? CountOf(IReadOnlyList<ReconciledLine> lines, Func<ReconciledLine, CountedLine?> side)
    {
        var counted = lines.Where(line => side(line) is not null).ToArray();
        return counted.Length == 0 ? null : new DeliveryCount
        {
            Rows = counted.Where(line => line.Label == ReconciledLine.AllRows).Select(line => side(line)!.Count).SingleOrDefault(),
            Lines = { counted.Where(line => line.Label != ReconciledLine.AllRows).Select(line => ToLine(line.Label, side(line)!)) },
        };
    }

    private static DeliveryDifference ToDifference(ReconciledLine line) => new()
    {
        Label = line.Label,
        Insurer = line.Insurer is { } insurer ? ToLine(line.Label, insurer) : null,
        Delegate = line.Delegate is { } other ? ToLine(line.Label, other) : null,
        CountDifference = line.CountDifference,
        AmountDifferenceCents = line.AmountDifference,
        Explanation = line.Explanation,
        ExplainedBy = line.ExplainedBy is { } side ? RoleCodes.SideOf(side) : Side.Unspecified,
    };

    private static DeliveryLine ToLine(string label, CountedLine counted)
    {
        var line = new DeliveryLine { Label = label, Count = counted.Count };
        if (counted.AmountCents is { } cents)
            line.AmountCents = cents;
        return line;
    }
}
