using Delegation.Access.V1;
using Delegation.Contracts.Contracting;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.ServiceDefaults.Fields;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Kind = Delegation.Contracts.V1.Contract.Types.Kind;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Negotiation;

/// <summary>A contract or an amendment as the database keeps it.</summary>
internal sealed record ContractRow
{
    public required Guid OwnerId { get; init; }

    public required Guid DelegationId { get; init; }

    public required Guid DelegateId { get; init; }

    public required Guid Id { get; init; }

    public required int Number { get; init; }

    public required string Kind { get; init; }

    public Guid? AmendsId { get; init; }

    public required string State { get; init; }

    public required string Title { get; init; }

    public required DateOnly EffectiveDay { get; init; }

    public required int ReviewDays { get; init; }

    public required string DraftedBy { get; init; }

    /// <summary>The message <see cref="ContractTerms"/>, as proto3 JSON.</summary>
    public string? ProposedTerms { get; init; }

    public string? TermsSide { get; init; }

    public DateTime? TermsTime { get; init; }

    /// <summary>The message <see cref="ContractDuration"/>, as proto3 JSON.</summary>
    public string? Duration { get; init; }

    /// <summary>The same as amendments in force have it since; null while none says anything of it.</summary>
    public string? AmendedDuration { get; init; }

    /// <summary>What was issued; null before.</summary>
    public Guid? DocumentId { get; init; }

    public string DocumentSha256 { get; init; } = "";

    public long? DocumentBytes { get; init; }

    public int? DocumentPages { get; init; }

    public Guid? ScopeVersionId { get; init; }

    /// <summary>Messages <see cref="ListedAnnex"/>, as proto3 JSON.</summary>
    public string ListedAnnexes { get; init; } = "[]";

    public string? SigningOrder { get; init; }

    /// <summary>Messages <see cref="SideSignature"/>, as proto3 JSON.</summary>
    public string Signatures { get; init; } = "[]";

    /// <summary>Messages <see cref="TerminationNotice"/>, as proto3 JSON.</summary>
    public string Notices { get; init; } = "[]";

    /// <summary>The message <see cref="TerminationConsent"/>, as proto3 JSON; null while no side proposes to end it.</summary>
    public string? ProposedTermination { get; init; }

    public DateTime? IssueTime { get; init; }

    public DateTime? InForceTime { get; init; }

    public DateOnly? SupersededOnDay { get; init; }

    public DateTime? SupersedeTime { get; init; }

    public required DateTime CreateTime { get; init; }

    public DateTime? OpenTime { get; init; }

    public DateTime? AgreeTime { get; init; }

    /// <summary>The revision of the last change of what is to be agreed on: what callers read, and of which they send the etag.</summary>
    public required long ContentRevision { get; init; }

    public required long Revision { get; init; }

    public string Etag => Persistence.Commands.Etag.Of(Id, ContentRevision);

    public ContractTerms Terms => new() { Title = Title, EffectiveDay = DayField.Write(EffectiveDay), ReviewDays = ReviewDays, Duration = ReadDuration() };

    public bool IsAmendment => AmendsId is not null;

    /// <summary>True while departments review it, or have just approved it.</summary>
    public bool IsUnderReview => IsIn(V1.Contract.Types.State.Negotiating, V1.Contract.Types.State.Agreed);

    public bool IsIn(params ReadOnlySpan<State> states)
    {
        foreach (var state in states)
            if (State == state.Stored())
                return true;

        return false;
    }

    /// <summary>The same after something was said about it that changes nothing of it.</summary>
    public ContractRow Moved() => this with { Revision = Revision + 1 };

    /// <summary>The same after a change of what is to be agreed on: an agreement on what it was holds no longer.</summary>
    public ContractRow Changed() => this with
    {
        State = IsIn(V1.Contract.Types.State.Agreed) ? V1.Contract.Types.State.Negotiating.Stored() : State,
        AgreeTime = null,
        ContentRevision = Revision + 1,
        Revision = Revision + 1,
    };

    public ContractRow Holding(ContractTerms terms) => this with
    {
        Title = terms.Title,
        EffectiveDay = DateOnly.ParseExact(terms.EffectiveDay, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        ReviewDays = terms.ReviewDays,
        Duration = terms.Duration is { } duration ? JsonFormatter.Default.Format(duration) : null,
    };

    public ContractDuration? ReadDuration() => Duration is null ? null : ProtoJson.Read<ContractDuration>(Duration);

    public ContractRow WithoutProposal() => this with { ProposedTerms = null, TermsSide = null, TermsTime = null };

    public ContractTerms? ReadProposedTerms() => ProposedTerms is null ? null : ProtoJson.Read<ContractTerms>(ProposedTerms);

    public Contract ToMessage() => new()
    {
        Id = Id.ToString(),
        DelegationId = DelegationId.ToString(),
        Number = Number,
        Kind = StoredNames.Read<Kind>(Kind),
        AmendsContractId = AmendsId?.ToString() ?? "",
        State = StoredNames.Read<State>(State),
        Terms = Terms,
        DraftedBy = RoleCodes.SideOf(DraftedBy),
        ProposedTerms = ReadProposedTerms(),
        TermsProposedBy = TermsSide is null ? Side.Unspecified : RoleCodes.SideOf(TermsSide),
        TermsProposeTime = Write(TermsTime),
        CreateTime = Timestamp.FromDateTime(CreateTime),
        OpenTime = Write(OpenTime),
        AgreeTime = Write(AgreeTime),
        Etag = Etag,
        Conclusion = ContractConclusions.Of(this),
    };

    private static Timestamp? Write(DateTime? time) => time is { } instant ? Timestamp.FromDateTime(instant) : null;
}
