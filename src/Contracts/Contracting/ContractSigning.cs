using Delegation.Contracts.Delegations;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.Signature;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Contracting;

/// <summary>Decides on the signature of one side; with the second one the contract is in force, and what was before gives way.</summary>
internal static class ContractSigning
{
    /// <param name="contract">As it is, locked.</param>
    /// <param name="sha256">Of what the signatory read.</param>
    /// <param name="signatory">Who signs.</param>
    /// <param name="name">The name under which their organisation knows them; may be empty.</param>
    /// <param name="delegation">Of the contract.</param>
    /// <param name="missing">What keeps it from being concluded by now.</param>
    /// <param name="now">When.</param>
    public static Outcome<ContractRow> Sign(
        ContractRow contract, string sha256, Caller signatory, string name, SharedDelegation delegation, IReadOnlyList<UnmetCondition> missing, DateTimeOffset now)
    {
        if (Signatories.MalformedHash("document_sha256", sha256) is { } malformed)
            return new Outcome<ContractRow>.Invalid(malformed);

        if (ContractingRefusals.NotIssued<ContractRow>(contract) is { } refusal)
            return refusal;

        var refused = contract.Signed().ObstacleFor(signatory.Side, sha256) switch
        {
            SignedDocument.Obstacle.Signed => ContractingRefusals.AlreadySigned,
            SignedDocument.Obstacle.OutOfOrder => ContractingRefusals.OutOfOrder,
            SignedDocument.Obstacle.OtherText => ContractingRefusals.DocumentDiffers,
            _ => missing.Count > 0 ? ContractingRefusals.Incomplete(missing) : null,
        };
        if (refused is not null)
            return refused;

        var signed = contract.Signed().With(signatory, name, delegation, now);
        return new Outcome<ContractRow>.Accepted(contract.Moved() with
        {
            State = (signed.IsComplete ? State.InForce : State.PartlySigned).Stored(),
            Signatures = ProtoJson.WriteList(signed.Signatures),
            InForceTime = signed.IsComplete ? now.InMicroseconds() : null,
        });
    }

    /// <summary>A contract in force as it is since another one takes its place; null when it ends before that by itself.</summary>
    public static ContractRow? Supersede(ContractRow former, ContractRow successor, DateTimeOffset now) => former.End().TransitionEnd < successor.EffectiveDay
        ? null
        : former.Moved() with { State = State.Superseded.Stored(), ProposedTermination = null, SupersededOnDay = successor.EffectiveDay, SupersedeTime = now.InMicroseconds() };

    /// <summary>A contract as it is since an amendment is in force that changes how long it lasts; null when it says nothing of that.</summary>
    public static ContractRow? Amend(ContractRow contract, ContractRow amendment) =>
        amendment.Duration is null ? null : contract.Moved() with { AmendedDuration = amendment.Duration };

    /// <summary>What was issued, as an agreed text again.</summary>
    public static Outcome<ContractRow> Recall(ContractRow contract, string etag) =>
        Persistence.Commands.Etag.Mismatch<ContractRow>(etag, contract.Id, contract.ContentRevision) ?? ContractingRefusals.NotIssued<ContractRow>(contract)
        ?? new Outcome<ContractRow>.Accepted(contract with
        {
            State = State.Agreed.Stored(),
            DocumentId = null,
            DocumentSha256 = "",
            DocumentBytes = null,
            DocumentPages = null,
            ScopeVersionId = null,
            ListedAnnexes = "[]",
            SigningOrder = null,
            Signatures = "[]",
            IssueTime = null,
            ContentRevision = contract.Revision + 1,
            Revision = contract.Revision + 1,
        });
}
