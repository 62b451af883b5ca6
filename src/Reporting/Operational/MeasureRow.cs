using Delegation.Persistence.Commands;
using Delegation.Reporting.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Reporting.V1.CommitmentMeasure.Types.State;
using Verdict = Delegation.Reporting.V1.CommitmentMeasure.Types.Verdict;

namespace Delegation.Reporting.Operational;

/// <summary>A recorded measure as the database keeps it.</summary>
internal sealed record MeasureRow(
    Guid Id,
    Guid CommitmentId,
    Guid VersionId,
    DateOnly PeriodStartDay,
    DateOnly PeriodEndDay,
    int Part,
    int Number,
    bool IsLatest,
    string Content,
    DateTime RecordTime,
    long Revision)
{
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public bool IsBreached => ToMessage().Verdict == Verdict.Breached;

    public CommitmentMeasure ToMessage()
    {
        var message = Json.Parse<CommitmentMeasure>(Content);
        message.Id = Id.ToString();
        message.Number = Number;
        message.RecordTime = Timestamp.FromDateTime(DateTime.SpecifyKind(RecordTime, DateTimeKind.Utc));
        message.Etag = Etag.Of(Id, Revision);
        return message;
    }

    /// <summary>The measure with what changed of it.</summary>
    public MeasureRow With(CommitmentMeasure message) => this with { Content = JsonFormatter.Default.Format(message), Revision = Revision + 1 };

    /// <summary>A newer computation takes the place of this one.</summary>
    public MeasureRow Superseded()
    {
        var message = ToMessage();
        message.State = State.Superseded;
        return With(message) with { IsLatest = false };
    }

    /// <summary>Whether it says the same as what was computed now.</summary>
    public bool Says(CommitmentMeasure computed)
    {
        var mine = ToMessage();
        (mine.Id, mine.Number, mine.RecordTime, mine.Etag, mine.State) = ("", 0, null, "", computed.State);
        return mine.Equals(computed);
    }

    /// <summary>Disputed, or agreed on after a dispute: no computation changes it any more.</summary>
    public bool IsFrozen => ToMessage().State is State.Disputed or State.Resolved;
}
