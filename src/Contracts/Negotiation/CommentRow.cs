using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Contracts.Negotiation;

/// <summary>A comment on a clause as the database keeps it.</summary>
internal sealed record CommentRow
{
    public const string Shared = "both";

    public required Guid Id { get; init; }

    public required Guid ClauseId { get; init; }

    public required string Side { get; init; }

    /// <summary>Who of the two parties sees it: both, or the code of the side.</summary>
    public required string Visibility { get; init; }

    public required string Text { get; init; }

    public required Guid PersonId { get; init; }

    public required DateTime CreateTime { get; init; }

    public bool IsPrivate => Visibility != Shared;

    public ClauseComment ToMessage() => new()
    {
        Id = Id.ToString(),
        ClauseId = ClauseId.ToString(),
        Side = RoleCodes.SideOf(Side),
        Private = IsPrivate,
        Text = Text,
        PersonId = PersonId.ToString(),
        CreateTime = Timestamp.FromDateTime(CreateTime),
    };

    // The generated text would put a private comment into whatever prints a row.
    public override string ToString() => Id.ToString();
}
