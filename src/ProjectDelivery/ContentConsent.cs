using Delegation.Access.V1;
using Delegation.Persistence.Tenancy;

namespace Delegation.ProjectDelivery;

/// <summary>What the two sides consented to, by the SHA-256 of its content: a consent to other content counts for nothing.</summary>
internal sealed record ContentConsent(byte[] ContentSha256, Guid? InsurerPersonId, DateTime? InsurerTime, Guid? DelegatePersonId, DateTime? DelegateTime)
{
    /// <summary>Nobody has consented to anything.</summary>
    public static ContentConsent None { get; } = new([], InsurerPersonId: null, InsurerTime: null, DelegatePersonId: null, DelegateTime: null);

    /// <summary>Whether a side consented to this content.</summary>
    public bool IsGivenBy(Side side, ReadOnlySpan<byte> contentSha256) => TimeOf(side) is not null && contentSha256.SequenceEqual(ContentSha256);

    /// <summary>Whether both sides consented to this content.</summary>
    public bool IsGivenByBoth(ReadOnlySpan<byte> contentSha256) => IsGivenBy(Side.Insurer, contentSha256) && IsGivenBy(Side.Delegate, contentSha256);

    /// <summary>The same after a side consented to this content; what was consented to before falls away where it was other content.</summary>
    public ContentConsent With(Caller caller, byte[] contentSha256, DateTime now)
    {
        var kept = contentSha256.AsSpan().SequenceEqual(ContentSha256) ? this : None with { ContentSha256 = contentSha256 };
        return caller.Side == Side.Insurer
            ? kept with { InsurerPersonId = caller.PersonId, InsurerTime = now }
            : kept with { DelegatePersonId = caller.PersonId, DelegateTime = now };
    }

    /// <summary>Who consented to what was consented to last, and when.</summary>
    public IEnumerable<(Side Side, Guid PersonId, DateTime Time)> Given
    {
        get
        {
            if (InsurerTime is { } insurerTime)
                yield return (Side.Insurer, InsurerPersonId!.Value, insurerTime);
            if (DelegateTime is { } delegateTime)
                yield return (Side.Delegate, DelegatePersonId!.Value, delegateTime);
        }
    }

    private DateTime? TimeOf(Side side) => side == Side.Insurer ? InsurerTime : DelegateTime;
}
