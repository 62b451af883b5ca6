using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Negotiation;

/// <summary>
/// What a negotiation puts on work lists: for each department of a side that holds the pen somewhere, one item for the contract; for the
/// side that is to answer other terms, one; and as long as a review is stalled, one for the main contact of each side.
/// </summary>
internal static class NegotiationWork
{
    private static readonly (ReviewDepartment Department, Role Role, LocalizedText Name)[] Departments =
    [
        (ReviewDepartment.Legal, Role.Legal, new("legal", "juridique")),
        (ReviewDepartment.Purchasing, Role.Purchasing, new("purchasing", "achats")),
        (ReviewDepartment.Operations, Role.Operations, new("operations", "opérations")),
        (ReviewDepartment.Compliance, Role.Compliance, new("compliance", "conformité")),
    ];

    /// <summary>After a command: what waits for whom since.</summary>
    /// <param name="session">The caller's.</param>
    /// <param name="contract">As it is since.</param>
    /// <param name="open">Its reviews that are not approved.</param>
    /// <param name="moved">The department whose reviews moved; null for all.</param>
    /// <param name="clock">When.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task UpdateNegotiationWorkAsync(
        this TenantSession session, ContractRow contract, IReadOnlyList<ReviewRow> open, ReviewDepartment? moved, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var side in Sides.Both)
        {
            foreach (var (department, role, name) in Departments.Where(entry => moved is null || entry.Department == moved))
            {
                var held = contract.IsUnderReview ? open.Where(review => review.PenSide == side && review.Department == department.Stored()).ToArray() : [];
                await session.SetWorkAsync(held.Length > 0, Review(contract, side, department, role, name, held), clock, cancellationToken);
            }

            if (moved is null)
                await session.SetWorkAsync(contract.TermsSide == side.Other().Code(), AnswerTerms(contract, side), clock, cancellationToken);

            if (!contract.IsUnderReview || open.All(review => review.StallTime is null))
                await session.CloseWorkItemAsync(StallKey(contract, side), clock, cancellationToken);
        }
    }

    /// <summary>What the main contact of a side is told of the reviews that are stalled.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="side">Whose main contact.</param>
    /// <param name="personId">The main contact, or who stands in; null when the side named nobody who is there.</param>
    /// <param name="stalled">The reviews.</param>
    public static OpenWork Stall(ContractRow contract, Side side, Guid? personId, IReadOnlyList<ReviewRow> stalled)
    {
        var names = Departments
            .SelectMany(entry => Sides.Both.Select(pen => (entry.Name, Pen: pen, Held: stalled.Count(review => review.PenSide == pen && review.Department == entry.Department.Stored()))))
            .Where(entry => entry.Held > 0)
            .ToArray();
        var english = string.Join(", ", names.Select(entry => $"{entry.Name.English} of the {(entry.Pen == Side.Insurer ? "insurer" : "delegate")} ({entry.Held})"));
        var french = string.Join(", ", names.Select(entry => $"{entry.Name.French} {(entry.Pen == Side.Insurer ? "de l'assureur" : "du délégataire")} ({entry.Held})"));
        return new OpenWork(
            StallKey(contract, side),
            contract.OwnerId,
            contract.DelegationId,
            contract.DelegateId,
            new($"{contract.Title} is stuck: {english}", $"{contract.Title} est bloqué : {french}"))
        {
            Roles = personId is null ? [Role.DelegationManager] : [],
            PersonId = personId,
        };
    }

    private static Task SetWorkAsync(this TenantSession session, bool waits, OpenWork work, TimeProvider clock, CancellationToken cancellationToken) => waits
        ? session.OpenWorkItemAsync(work, clock, cancellationToken)
        : session.CloseWorkItemAsync(work.Key, clock, cancellationToken);

    private static OpenWork Review(ContractRow contract, Side side, ReviewDepartment department, Role role, LocalizedText name, ReviewRow[] held) => new(
        new WorkItemKey($"contract.review.{department.Stored()}", NegotiationJournal.ObjectType, contract.Id, side),
        contract.OwnerId,
        contract.DelegationId,
        contract.DelegateId,
        new($"Review {contract.Title} ({name.English})", $"Relire {contract.Title} ({name.French})"))
    {
        Roles = [role],
        DueDay = held.Length == 0 ? null : ParisDays.DayAt(held.Min(review => review.Since).AddDays(contract.ReviewDays)),
    };

    private static OpenWork AnswerTerms(ContractRow contract, Side side) => new(
        new WorkItemKey("contract.answer_terms", NegotiationJournal.ObjectType, contract.Id, side),
        contract.OwnerId,
        contract.DelegationId,
        contract.DelegateId,
        new($"Answer the terms proposed for {contract.Title}", $"Répondre aux conditions proposées pour {contract.Title}"))
    {
        Roles = [Role.DelegationManager],
        DueDay = contract.TermsTime is { } time ? ParisDays.DayAt(time.AddDays(contract.ReviewDays)) : null,
    };

    private static WorkItemKey StallKey(ContractRow contract, Side side) => new("contract.stall", NegotiationJournal.ObjectType, contract.Id, side);
}
