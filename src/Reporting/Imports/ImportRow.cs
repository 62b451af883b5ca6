using System.Text.Json;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Stored;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Kind = Delegation.Reporting.V1.Import.Types.Kind;
using Mode = Delegation.Reporting.V1.Import.Types.Mode;
using State = Delegation.Reporting.V1.Import.Types.State;

namespace Delegation.Reporting.Imports;

/// <summary>An import, as the table <c>import</c> has it, with the progress of its upload.</summary>
internal sealed record ImportRow
{
    public const string Waiting = "waiting";
    public const string Applied = "applied";
    public const string Expired = "expired";
    public const string Replace = "replace";
    public const string Correct = "correct";

    public required Guid OwnerId { get; init; }

    public required Guid DelegationId { get; init; }

    public required Guid DelegateId { get; init; }

    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required string Mode { get; init; }

    public required string State { get; init; }

    public required DateOnly PeriodStartDay { get; init; }

    public required DateOnly PeriodEndDay { get; init; }

    public required string FileName { get; init; }

    public required string Sha256 { get; init; }

    public Guid? MappingId { get; init; }

    public int? MappingRevision { get; init; }

    public long ReadLines { get; init; }

    public long AcceptedLines { get; init; }

    public long RejectedLines { get; init; }

    public long OpenRejectedLines { get; init; }

    public long AddedLines { get; init; }

    public long ChangedLines { get; init; }

    public long UnchangedLines { get; init; }

    public long EndedLines { get; init; }

    public long WithdrawnOperations { get; init; }

    public long ReopenedOperations { get; init; }

    public string[] UnknownColumns { get; init; } = [];

    public string Rejections { get; init; } = "[]";

    public string Warnings { get; init; } = "[]";

    public long ReadAmount { get; init; }

    public long AcceptedAmount { get; init; }

    public long RejectedAmount { get; init; }

    public string Totals { get; init; } = "[]";

    public string[] Columns { get; init; } = [];

    public string[] NewColumns { get; init; } = [];

    public string[] MissingColumns { get; init; } = [];

    public int? Number { get; init; }

    public required Guid PersonId { get; init; }

    public required DateTime CreateTime { get; init; }

    public DateTime? ApplyTime { get; init; }

    public required DateTime ExpireTime { get; init; }

    public required long Revision { get; init; }

    public string? Step { get; init; }

    public long? ReceivedBytes { get; init; }

    public long? ProgressLines { get; init; }

    public DateTime? UpdateTime { get; init; }

    public KnownDelegation Delegation => new(OwnerId, DelegationId, DelegateId, "open");

    public Period Period => new(PeriodStartDay, PeriodEndDay);

    public bool IsCompressed => FileName.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    public Import ToMessage() => new()
    {
        Id = Id.ToString(),
        DelegationId = DelegationId.ToString(),
        Kind = StoredNames.Read<Kind>(Kind),
        Mode = StoredNames.Read<Mode>(Mode),
        State = StoredNames.Read<State>(State),
        PeriodStartDay = DayField.Write(PeriodStartDay),
        PeriodEndDay = DayField.Write(PeriodEndDay),
        FileName = FileName,
        Sha256 = Sha256,
        MappingId = MappingId?.ToString() ?? "",
        ReadLines = ReadLines,
        AcceptedLines = AcceptedLines,
        RejectedLines = RejectedLines,
        OpenRejectedLines = OpenRejectedLines,
        AddedLines = AddedLines,
        ChangedLines = ChangedLines,
        UnchangedLines = UnchangedLines,
        WithdrawnOperations = WithdrawnOperations,
        ReopenedOperations = ReopenedOperations,
        UnknownColumns = { UnknownColumns },
        Rejections = { Read<Rejections>(Rejections) },
        Warnings = { Read<Rejections>(Warnings) },
        EndedLines = EndedLines,
        Totals = { Read<ImportTotal>(Totals) },
        NewColumns = { NewColumns },
        MissingColumns = { MissingColumns },
        Number = Number ?? 0,
        Progress = Progress(),
        PersonId = PersonId.ToString(),
        CreateTime = Timestamp.FromDateTime(CreateTime),
        ApplyTime = ApplyTime is { } applied ? Timestamp.FromDateTime(applied) : null,
        ExpireTime = State == Applied ? null : Timestamp.FromDateTime(ExpireTime),
        Etag = Etag.Of(Id, Revision),
    };

    public static string Write(IEnumerable<IMessage> messages) => $"[{string.Join(',', messages.Select(one => JsonFormatter.Default.Format(one)))}]";

    private static IEnumerable<T> Read<T>(string json)
        where T : IMessage, new()
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(element => JsonParser.Default.Parse<T>(element.GetRawText()))];
    }

    private ImportProgress? Progress() => Step is null ? null : new ImportProgress
    {
        Step = State == Applied ? ImportProgress.Types.Step.Done : StoredNames.Read<ImportProgress.Types.Step>(Step),
        ReceivedBytes = ReceivedBytes!.Value,
        ReadLines = State == Applied ? ReadLines : ProgressLines!.Value,
        UpdateTime = Timestamp.FromDateTime(UpdateTime!.Value),
    };
}
