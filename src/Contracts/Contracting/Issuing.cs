using System.Security.Cryptography;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.V1;
using Delegation.Documents;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Contracting;

/// <summary>Decides whether an agreed text is issued for signature.</summary>
internal static class Issuing
{
    private static readonly FieldViolation OrderUnknown = new(
        "signing_order",
        "SIGNING_ORDER_UNKNOWN",
        new("This order of signatures is not known.", "Cet ordre de signature n'est pas connu."),
        new("Choose SIGNING_ORDER_PARALLEL, SIGNING_ORDER_INSURER_FIRST or SIGNING_ORDER_DELEGATE_FIRST.",
            "Choisissez SIGNING_ORDER_PARALLEL, SIGNING_ORDER_INSURER_FIRST ou SIGNING_ORDER_DELEGATE_FIRST."));

    /// <summary>The contract to be frozen; its PDF says that it is as it is here.</summary>
    public static Outcome<ContractRow> Issue(
        IssueContractRequest command, ContractRow contract, Matters matters, IReadOnlyList<ReviewRow> openReviews, Guid documentId, DateTimeOffset now)
    {
        if (!Enum.IsDefined(command.SigningOrder))
            return new Outcome<ContractRow>.Invalid(OrderUnknown);

        if (Persistence.Commands.Etag.Mismatch<ContractRow>(command.Etag, contract.Id, contract.ContentRevision) is { } mismatch)
            return mismatch;

        if (!contract.IsUnderReview)
            return ContractingRefusals.NotAgreed;

        var missing = Readiness.MissingToIssue(contract, matters, openReviews).ToArray();
        if (missing.Length > 0)
            return ContractingRefusals.Incomplete(missing);

        var order = command.SigningOrder == SigningOrder.Unspecified ? SigningOrder.Parallel : command.SigningOrder;
        return new Outcome<ContractRow>.Accepted(contract with
        {
            State = State.Issued.Stored(),
            DocumentId = documentId,
            ScopeVersionId = matters.Scope!.Id,
            ListedAnnexes = ProtoJson.WriteList(matters.Annexes),
            SigningOrder = order.Stored(),
            IssueTime = now.InMicroseconds(),
            ContentRevision = contract.Revision + 1,
            Revision = contract.Revision + 1,
        });
    }

    /// <summary>The same with the PDF that people see and sign.</summary>
    public static ContractRow With(ContractRow issued, PdfFile file) => issued with
    {
        DocumentSha256 = Convert.ToHexStringLower(SHA256.HashData(file.Bytes.Span)),
        DocumentBytes = file.Bytes.Length,
        DocumentPages = file.Pages,
    };

    /// <summary>The day for which a contract must be complete: that of its effect, or today when it is past.</summary>
    public static DateOnly Day(ContractRow contract, DateTimeOffset now) => ParisDays.DayAt(now) is var today && contract.EffectiveDay < today ? today : contract.EffectiveDay;
}
