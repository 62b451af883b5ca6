using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Negotiation;

/// <summary>Decides on changes of a contract's clauses.</summary>
internal static class ClauseChanges
{
    /// <param name="command">The request.</param>
    /// <param name="contract">To which it is added.</param>
    /// <param name="clauses">Those that it has.</param>
    /// <param name="side">Who adds it.</param>
    /// <param name="now">When.</param>
    public static Outcome<ClauseRow> Add(
        AddContractClauseRequest command, ContractRow contract, IReadOnlyList<ClauseRow> clauses, Side side, DateTimeOffset now)
    {
        if (NegotiationRefusals.NotChangeable<ClauseRow>(contract, side) is { } refusal)
            return refusal;

        if (clauses.Count >= ClauseReading.MostClauses)
            return NegotiationRefusals.TooManyClauses<ClauseRow>();

        var violations = new List<FieldViolation>();
        var place = PlaceAfter(command.AfterClauseId, clauses, violations);
        if (command.Clause is null)
            return new Outcome<ClauseRow>.Invalid([.. violations, ClauseViolations.OneRequired]);

        var clause = ClauseReading.Read("clause", command.Clause, place, clauses.Select(other => other.Code).ToHashSet(), now, violations);
        return violations.Count > 0 ? new Outcome<ClauseRow>.Invalid(violations) : new Outcome<ClauseRow>.Accepted(clause);
    }

    /// <summary>The clause with another title or wording; a removed one is back with it.</summary>
    public static Outcome<ClauseRow> Change(UpdateContractClauseRequest command, ContractRow contract, ClauseRow clause, Side side)
    {
        if ((EtagOf(clause, command.Etag) ?? NegotiationRefusals.NotChangeable<ClauseRow>(contract, side)) is { } refusal)
            return refusal;

        var violations = new List<FieldViolation>();
        var title = command.Title.Length == 0 ? clause.Title : TextField.ReadLine("title", command.Title, ClauseReading.LongestTitle, violations) ?? "";
        var wording = TextField.ReadText("wording", command.Wording, ClauseReading.LongestWording, violations) is { Length: > 0 } given ? given : clause.Wording;
        if (violations.Count == 0 && !clause.Removed && (title, wording) == (clause.Title, clause.Wording))
            violations.Add(ClauseViolations.Unchanged);

        return violations.Count > 0
            ? new Outcome<ClauseRow>.Invalid(violations)
            : new Outcome<ClauseRow>.Accepted(clause with { Title = title, Wording = wording, Removed = false, Revision = clause.Revision + 1 });
    }

    /// <summary>The clause struck out.</summary>
    /// <param name="command">The request.</param>
    /// <param name="contract">Whose clause.</param>
    /// <param name="clause">The clause.</param>
    /// <param name="kept">How many clauses of the contract are not struck out.</param>
    /// <param name="side">Who removes it.</param>
    public static Outcome<ClauseRow> Remove(RemoveContractClauseRequest command, ContractRow contract, ClauseRow clause, int kept, Side side)
    {
        if ((EtagOf(clause, command.Etag) ?? NegotiationRefusals.NotChangeable<ClauseRow>(contract, side)) is { } refusal)
            return refusal;

        if (clause.Removed)
            return NegotiationRefusals.ClauseRemoved<ClauseRow>();

        return kept == 1
            ? NegotiationRefusals.LastClause<ClauseRow>()
            : new Outcome<ClauseRow>.Accepted(clause with { Removed = true, Revision = clause.Revision + 1 });
    }

    /// <summary>From a draft, of which nobody else approved anything, a clause goes at once.</summary>
    public static bool GoesAtOnce(ContractRow contract) => contract.IsIn(State.Draft);

    private static int PlaceAfter(string afterId, IReadOnlyList<ClauseRow> clauses, List<FieldViolation> violations)
    {
        if (afterId.Length == 0)
            return clauses.Count + 1;

        if (IdField.Read("after_clause_id", afterId, violations) is not { } id)
            return 0;

        if (clauses.FirstOrDefault(clause => clause.Id == id) is { } after)
            return after.Place + 1;

        violations.Add(ClauseViolations.AfterUnknown);
        return 0;
    }

    private static Outcome<ClauseRow>? EtagOf(ClauseRow clause, string etag) =>
        Persistence.Commands.Etag.Mismatch<ClauseRow>(etag, clause.Id, clause.Revision);
}
