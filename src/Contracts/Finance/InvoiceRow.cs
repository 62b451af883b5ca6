using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Contracts.V1.Invoice.Types.State;

namespace Delegation.Contracts.Finance;

/// <summary>An invoice as the database keeps it.</summary>
internal sealed record InvoiceRow
{
    public required Guid OwnerId { get; init; }

    public required Guid DelegationId { get; init; }

    public required Guid DelegateId { get; init; }

    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required string State { get; init; }

    public required DateOnly IssueDay { get; init; }

    public required DateOnly StartDay { get; init; }

    public required DateOnly EndDay { get; init; }

    public required DateOnly DueDay { get; init; }

    /// <summary>Messages <see cref="InvoiceLine"/>, as proto3 JSON.</summary>
    public required string Lines { get; init; }

    public required long TotalCents { get; init; }

    public required long ExpectedCents { get; init; }

    public required string Comment { get; init; }

    public long? DisputedAmountCents { get; init; }

    public required DateTime CreateTime { get; init; }

    public DateTime? AnswerTime { get; init; }

    public required long Revision { get; init; }

    public bool IsIn(State state) => State == state.Stored();

    public IReadOnlyList<InvoiceLine> ReadLines() => ProtoJson.ReadList<InvoiceLine>(Lines);

    public Invoice ToMessage() => new()
    {
        Id = Id.ToString(),
        DelegationId = DelegationId.ToString(),
        Number = Number,
        State = StoredNames.Read<State>(State),
        IssueDay = DayField.Write(IssueDay),
        StartDay = DayField.Write(StartDay),
        EndDay = DayField.Write(EndDay),
        DueDay = DayField.Write(DueDay),
        Lines = { ReadLines() },
        Total = Euros.Of(TotalCents),
        ExpectedTotal = Euros.Of(ExpectedCents),
        Comment = Comment,
        DisputedAmount = DisputedAmountCents is { } cents ? Euros.Of(cents) : null,
        CreateTime = Timestamp.FromDateTime(CreateTime),
        AnswerTime = AnswerTime is { } time ? Timestamp.FromDateTime(time) : null,
        Etag = Etag.Of(Id, Revision),
    };
}
