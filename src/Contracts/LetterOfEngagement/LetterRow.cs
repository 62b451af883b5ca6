using Delegation.Access.V1;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.Signature;
using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf.WellKnownTypes;
using State = Delegation.Contracts.V1.Letter.Types.State;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>A letter as the database keeps it. Documents are proto3 JSON.</summary>
internal sealed record LetterRow
{
    public required Guid OwnerId { get; init; }

    public required Guid DelegationId { get; init; }

    public required Guid DelegateId { get; init; }

    public required Guid Id { get; init; }

    public required string State { get; init; }

    public Guid? ScopeVersionId { get; init; }

    public required string Terms { get; init; }

    public long? FeeCapCents { get; init; }

    public DateOnly? EffectiveDay { get; init; }

    public DateOnly? EndDay { get; init; }

    public required string DueAnnexes { get; init; }

    /// <summary>The lines that it covers, frozen when it was issued.</summary>
    public string? ScopeLines { get; init; }

    public string Text { get; init; } = "";

    public string TextSha256 { get; init; } = "";

    public string Signatures { get; init; } = "[]";

    public string TerminationConsents { get; init; } = "[]";

    public int? WarnedDays { get; init; }

    public DateOnly? SupersededOnDay { get; init; }

    public DateTime? SupersedeTime { get; init; }

    public DateOnly? LastDay { get; init; }

    public DateTime? TerminateTime { get; init; }

    public required DateTime CreateTime { get; init; }

    public DateTime? IssueTime { get; init; }

    public DateTime? InForceTime { get; init; }

    public required long Revision { get; init; }

    public bool IsIn(params ReadOnlySpan<State> states)
    {
        foreach (var state in states)
            if (State == state.Stored())
                return true;

        return false;
    }

    public IReadOnlyList<LetterTerm> ReadTerms() => ProtoJson.ReadList<LetterTerm>(Terms);

    public IReadOnlyList<DueAnnex> ReadAnnexes() => ProtoJson.ReadList<DueAnnex>(DueAnnexes);

    /// <summary>Its text as it is signed.</summary>
    public SignedDocument Signed => new(TextSha256, SigningOrder.Parallel, ProtoJson.ReadList<SideSignature>(Signatures));

    public IReadOnlyList<LetterTermination> ReadTerminations() => ProtoJson.ReadList<LetterTermination>(TerminationConsents);

    /// <summary>The sides whose act is awaited: a signature, or a consent to the termination that the other proposed.</summary>
    public IEnumerable<Side> AwaitedSides()
    {
        if (IsIn(V1.Letter.Types.State.Issued, V1.Letter.Types.State.PartlySigned))
            return Signed.AwaitedSides();

        var consents = ReadTerminations();
        return IsIn(V1.Letter.Types.State.InForce) && consents.Count > 0 ? Sides.Both.Except(consents.Select(consent => consent.Side)) : [];
    }

    public Letter ToMessage()
    {
        var signed = Signed;
        return new Letter
        {
            Id = Id.ToString(),
            DelegationId = DelegationId.ToString(),
            State = StoredNames.Read<State>(State),
            ScopeVersionId = ScopeVersionId?.ToString() ?? "",
            Terms = { ReadTerms() },
            FeeCap = FeeCapCents is { } cents ? new Money { MinorUnits = cents, Currency = "EUR" } : null,
            EffectiveDay = DayField.Write(EffectiveDay),
            EndDay = DayField.Write(EndDay),
            DueAnnexes = { ReadAnnexes() },
            Text = Text,
            TextSha256 = TextSha256,
            Signatures = { signed.Signatures },
            Certificate = signed.Certificate,
            AwaitedSides = { AwaitedSides() },
            TerminationConsents = { ReadTerminations() },
            SupersededOnDay = DayField.Write(SupersededOnDay),
            LastDay = DayField.Write(LastDay),
            CreateTime = Timestamp.FromDateTime(CreateTime),
            IssueTime = Instant(IssueTime),
            InForceTime = Instant(InForceTime),
            Etag = Etag.Of(Id, Revision),
        };
    }

    /// <summary>The letter as the journal tells of it: without its text, which is long, and without names of people, which every service would keep.</summary>
    public Letter ToEvent()
    {
        var letter = ToMessage();
        letter.Text = "";
        foreach (var signature in letter.Signatures.Concat(letter.Certificate?.Signatures ?? []))
            signature.PersonName = "";

        return letter;
    }

    private static Timestamp? Instant(DateTime? time) => time is { } known ? Timestamp.FromDateTime(known) : null;
}
