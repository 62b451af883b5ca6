using System.Security.Cryptography;
using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.Scoping.Answers;

/// <summary>A version of the answer to a question as the database keeps it; without its content in lists.</summary>
internal sealed record AnswerRow(
    Guid OwnerId,
    Guid DelegationId,
    Guid DelegateId,
    Guid ProjectId,
    Guid Id,
    string Question,
    int Version,
    string State,
    string Side,
    byte[] Content,
    string ContentSha256,
    Guid? InsurerPersonId,
    DateTime? InsurerConsentTime,
    Guid? DelegatePersonId,
    DateTime? DelegateConsentTime,
    DateTime CreateTime,
    long Revision)
{
    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public ScopingQuestion Asked => StoredNames.Read<ScopingQuestion>(Question);

    public bool IsInEffect => State == ScopingAnswer.Types.State.Validated.Stored();

    public bool HasConsentOf(Side side) => (side == Access.V1.Side.Insurer ? InsurerConsentTime : DelegateConsentTime) is not null;

    /// <summary>What is answered: a <see cref="ScopingAnswer"/> that has its content alone.</summary>
    public ScopingAnswer Said() => ScopingAnswer.Parser.ParseFrom(Content);

    /// <summary>The answer with what it says.</summary>
    public ScopingAnswer ToMessage()
    {
        var message = ToSummary();
        message.MergeFrom(Said());
        return message;
    }

    /// <summary>The answer without what it says.</summary>
    public ScopingAnswer ToSummary() => new()
    {
        Id = Id.ToString(),
        ProjectId = ProjectId.ToString(),
        Question = Asked,
        Version = Version,
        State = StoredNames.Read<ScopingAnswer.Types.State>(State),
        Side = RoleCodes.SideOf(Side),
        InsurerConsentTime = Instant(InsurerConsentTime),
        DelegateConsentTime = Instant(DelegateConsentTime),
        CreateTime = Timestamp.FromDateTime(CreateTime),
        Etag = Etag.Of(Id, Revision),
    };

    /// <summary>The hash of what is answered.</summary>
    public static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static Timestamp? Instant(DateTime? time) => time is { } instant ? Timestamp.FromDateTime(instant) : null;
}
