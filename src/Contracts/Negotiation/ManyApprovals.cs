using Delegation.Contracts.V1;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using State = Delegation.Contracts.V1.ClauseReview.Types.State;

namespace Delegation.Contracts.Negotiation;

/// <summary>Decides on approvals that a department gives at once: all count or none does, and each that cannot is named with its reason.</summary>
internal static class ManyApprovals
{
    /// <summary>The clauses, in the order in which they are approved.</summary>
    public static IReadOnlyList<Guid> ReadIds(IReadOnlyList<ClauseApproval> approvals, List<FieldViolation> violations)
    {
        if (approvals.Count is 0 or > ClauseReading.MostClauses)
        {
            violations.Add(approvals.Count == 0 ? Required : TooMany(approvals.Count));
            return [];
        }

        var ids = new List<Guid>();
        foreach (var (place, approval) in approvals.Index())
            if (IdField.Read($"approvals[{place}].clause_id", approval.ClauseId, violations) is { } id)
            {
                if (ids.Contains(id))
                    violations.Add(Repeated(place));
                ids.Add(id);
            }

        return ids;
    }

    /// <param name="approvals">What is approved.</param>
    /// <param name="clauseIds">Their clauses, in the same order.</param>
    /// <param name="clauses">The clauses of the contract.</param>
    /// <param name="reviews">What the department says of each of them so far.</param>
    /// <param name="personId">Who speaks for it.</param>
    /// <param name="now">When.</param>
    public static Outcome<IReadOnlyList<ReviewRow>> Decide(
        IReadOnlyList<ClauseApproval> approvals, IReadOnlyList<Guid> clauseIds, IReadOnlyList<ClauseRow> clauses, IReadOnlyList<ReviewRow> reviews, Guid personId, DateTimeOffset now)
    {
        var revisions = clauses.ToDictionary(clause => clause.Id, clause => clause.Revision);
        var said = reviews.ToDictionary(review => review.ClauseId);
        var violations = clauseIds.Index().Select(asked => Refusal(asked.Index, approvals[asked.Index].Etag, asked.Item, revisions, said)).OfType<FieldViolation>().ToArray();
        return violations.Length > 0
            ? new Outcome<IReadOnlyList<ReviewRow>>.Invalid(violations)
            : new Outcome<IReadOnlyList<ReviewRow>>.Accepted([.. clauseIds.Select(id => said[id].Moved(State.Approved, personId, now.InMicroseconds()))]);
    }

    private static FieldViolation? Refusal(int place, string etag, Guid id, Dictionary<Guid, long> revisions, Dictionary<Guid, ReviewRow> said)
    {
        if (!revisions.TryGetValue(id, out var revision))
            return Unknown(place);
        if (etag.Length == 0)
            return EtagRequired(place);
        if (etag != Etag.Of(id, revision))
            return Stale(place);

        return said[id].IsIn(State.Approved) ? AlreadyApproved(place) : null;
    }

    private static readonly FieldViolation Required = new(
        "approvals", "APPROVALS_REQUIRED", new("No clause is approved.", "Aucune clause n'est validée."),
        new("Give the clauses, each with the `etag` that was read.", "Indiquez les clauses, chacune avec l'`etag` qui a été lu."));

    private static FieldViolation TooMany(int count) => new(
        "approvals", "APPROVALS_TOO_MANY",
        new($"{count} clauses are more than a contract has: {ClauseReading.MostClauses} at most.", $"{count} clauses dépassent ce que comporte un contrat : {ClauseReading.MostClauses} au plus."),
        new("Give each clause once.", "Indiquez chaque clause une seule fois."));

    private static FieldViolation Repeated(int place) => new(
        $"approvals[{place}].clause_id", "CLAUSE_ID_REPEATED", new("This clause was given before.", "Cette clause a déjà été indiquée."),
        new("Give each clause once.", "Indiquez chaque clause une seule fois."));

    private static FieldViolation Unknown(int place) => new(
        $"approvals[{place}].clause_id", "CLAUSE_ID_UNKNOWN", new("The contract has no clause with this id.", "Le contrat n'a pas de clause portant cet identifiant."),
        new("Choose one from the list of its clauses.", "Choisissez-en une dans la liste de ses clauses."));

    private static FieldViolation AlreadyApproved(int place) => new(
        $"approvals[{place}].clause_id", "CLAUSE_ALREADY_APPROVED",
        new("Your department approved this wording already.", "Votre direction a déjà validé cette rédaction."),
        new("Leave this clause out.", "N'indiquez pas cette clause."));

    private static FieldViolation EtagRequired(int place) => new(
        $"approvals[{place}].etag", "ETAG_REQUIRED",
        new("Which wording is approved is missing.", "La rédaction validée n'est pas précisée."),
        new("Give the `etag` of the clause that you read.", "Indiquez l'`etag` de la clause que vous avez lue."));

    private static FieldViolation Stale(int place) => new(
        $"approvals[{place}].etag", "ETAG_STALE",
        new("The wording of this clause changed since you read it.", "La rédaction de cette clause a changé depuis votre lecture."),
        new("Read the clause again, and approve it as it is.", "Relisez la clause et validez-la telle qu'elle est."));
}
