using Delegation.Access.V1;
using Delegation.Contracts.Clauses;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using Kind = Delegation.Contracts.V1.Contract.Types.Kind;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Negotiation;

/// <summary>A contract with all its clauses.</summary>
internal sealed record Drafted(ContractRow Contract, IReadOnlyList<ClauseRow> Clauses);

/// <summary>Decides on a contract as a whole: drafted, opened, given up, and its terms.</summary>
internal static class ContractDrafting
{
    private const int LongestComment = 4000;

    /// <param name="command">The request.</param>
    /// <param name="delegation">Whose contract.</param>
    /// <param name="amended">The contract that it amends; null when it names none.</param>
    /// <param name="number">Its number.</param>
    /// <param name="side">Who drafts it.</param>
    /// <param name="now">When.</param>
    public static Outcome<Drafted> Draft(
        CreateContractRequest command, SharedDelegation delegation, ContractRow? amended, int number, Side side, DateTimeOffset now)
    {
        if (delegation.Closed<Drafted>() is { } closed)
            return closed;

        var violations = new List<FieldViolation>();
        var terms = TermsReading.Read(command.Terms, null, violations);
        var clauses = ClauseReading.ReadAll(StandardClauses.Of(command, ClauseLibrary.Own, violations), now, violations);
        if (violations.Count > 0 || terms is null)
            return new Outcome<Drafted>.Invalid(violations);

        if (amended is { IsAmendment: true })
            return NegotiationRefusals.AmendedIsAmendment<Drafted>();

        if (command.Standard is { } standard && amended is null)
            terms.Duration ??= DurationReading.Of(standard);

        if (amended is not null && (amended.IsIn(State.Draft) || amended.IsIn(State.Negotiating) || amended.IsIn(State.Withdrawn)))
            return NegotiationRefusals.AmendedNotAgreed<Drafted>();

        var contract = new ContractRow
        {
            OwnerId = delegation.InsurerId,
            DelegationId = delegation.Id,
            DelegateId = delegation.DelegateId,
            Id = NewId.At(now),
            Number = number,
            Kind = (amended is null ? Kind.Contract : Kind.Amendment).Stored(),
            AmendsId = amended?.Id,
            State = State.Draft.Stored(),
            Title = "",
            EffectiveDay = default,
            ReviewDays = 0,
            DraftedBy = side.Code(),
            CreateTime = now.InMicroseconds(),
            ContentRevision = 1,
            Revision = 1,
        };
        return new Outcome<Drafted>.Accepted(new Drafted(contract.Holding(terms), clauses));
    }

    public static Outcome<ContractRow> Open(ContractRow contract, string etag, Side side, DateTimeOffset now) =>
        EtagOf(contract, etag) ?? NegotiationRefusals.NotDraft<ContractRow>(contract) ?? NegotiationRefusals.NotChangeable<ContractRow>(contract, side)
        ?? new Outcome<ContractRow>.Accepted(contract.Changed() with { State = State.Negotiating.Stored(), OpenTime = now.InMicroseconds() });

    public static Outcome<ContractRow> Withdraw(ContractRow contract, string etag, Side side) =>
        EtagOf(contract, etag) ?? NegotiationRefusals.NotChangeable<ContractRow>(contract, side)
        ?? new Outcome<ContractRow>.Accepted(contract.WithoutProposal().Changed() with { State = State.Withdrawn.Stored() });

    /// <summary>In a draft other terms hold at once; under negotiation they are a proposal to the other side.</summary>
    public static Outcome<ContractRow> ChangeTerms(UpdateContractRequest command, ContractRow contract, Side side, DateTimeOffset now)
    {
        if ((EtagOf(contract, command.Etag) ?? NegotiationRefusals.NotChangeable<ContractRow>(contract, side)) is { } refusal)
            return refusal;

        var violations = new List<FieldViolation>();
        if (TermsReading.Read(command.Terms, contract.Terms, violations) is not { } terms)
            return new Outcome<ContractRow>.Invalid(violations);

        return new Outcome<ContractRow>.Accepted(contract.IsIn(State.Draft) ? contract.Holding(terms).Changed() : contract.Changed() with
        {
            ProposedTerms = JsonFormatter.Default.Format(terms),
            TermsSide = side.Code(),
            TermsTime = now.InMicroseconds(),
        });
    }

    /// <summary>The terms hold with the consent of the second side; either may end the proposal.</summary>
    public static Outcome<ContractRow> AnswerTerms(AnswerContractTermsRequest command, ContractRow contract, Side side)
    {
        var violations = new List<FieldViolation>();
        if (command.Accepted)
            TextField.ReadText("comment", command.Comment, LongestComment, violations);
        else
            TextField.ReadRequiredText("comment", command.Comment, LongestComment, violations);

        if (violations.Count > 0)
            return new Outcome<ContractRow>.Invalid(violations);

        if ((EtagOf(contract, command.Etag) ?? NegotiationRefusals.NotChangeable<ContractRow>(contract, side)) is { } refusal)
            return refusal;

        if (contract.ReadProposedTerms() is not { } terms)
            return NegotiationRefusals.NoTerms<ContractRow>();

        if (command.Accepted && contract.TermsSide == side.Code())
            return NegotiationRefusals.OwnTerms<ContractRow>();

        var answered = contract.WithoutProposal().Changed();
        return new Outcome<ContractRow>.Accepted(command.Accepted ? answered.Holding(terms) : answered);
    }

    private static Outcome<ContractRow>? EtagOf(ContractRow contract, string etag) =>
        Persistence.Commands.Etag.Mismatch<ContractRow>(etag, contract.Id, contract.ContentRevision);
}
