using Delegation.Contracts.Contacts;
using Delegation.Contracts.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Negotiation;

/// <summary>
/// Finds stalls and tells the main contacts of both sides. It schedules itself as long as a contract is under review, so that commands, of
/// which all that move a review only put off the next stall, need not.
/// </summary>
internal sealed class StallWatch(TimeProvider clock) : IDueWork
{
    public const string WorkKind = "contract.stall";

    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string Kind => WorkKind;

    /// <inheritdoc/>
    public async Task RunAsync(DueItem item, SystemSession session, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!await LockAsync(session, item, cancellationToken))
        {
            // A command is at work on the delegation. Waiting for it here could be waiting for each other.
            await session.ScheduleAsync(Kind, item.OwnerId, item.ObjectId, now + Busy, cancellationToken);
            return;
        }

        var contract = await session.FindAsync<ContractRow>(
            $"{ContractStore.Columns}\nWHERE owner_id = @OwnerId AND contract_id = @ObjectId", new { item.OwnerId, item.ObjectId }, cancellationToken);
        if (contract is not { IsUnderReview: true })
            return;

        var open = await session.OpenReviewsAsync(contract, cancellationToken);
        var found = Stalls.Find(open, contract.ReviewDays, now.InMicroseconds());
        if (found.Count > 0)
            await TellAsync(session, contract.Moved(), found, [.. open.Where(review => review.StallTime is not null), .. found], now, cancellationToken);

        await session.ScheduleAsync(Kind, item.OwnerId, item.ObjectId, Stalls.NextLook(open, contract.ReviewDays, now.UtcDateTime), cancellationToken);
    }

    // The delegation is what commands lock.
    private static async Task<bool> LockAsync(SystemSession session, DueItem item, CancellationToken cancellationToken) =>
        await session.FindAsync<Guid?>(
            """
            SELECT d.delegation_id
            FROM delegation d
            WHERE d.owner_id = @OwnerId
              AND d.delegation_id = (SELECT c.delegation_id FROM contract c WHERE c.owner_id = @OwnerId AND c.contract_id = @ObjectId)
            FOR NO KEY UPDATE SKIP LOCKED
            """,
            new { item.OwnerId, item.ObjectId },
            cancellationToken) is not null;

    private async Task TellAsync(
        SystemSession session,
        ContractRow contract,
        IReadOnlyList<ReviewRow> found,
        IReadOnlyList<ReviewRow> stalled,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await session.SaveStallsAsync(contract, found, cancellationToken);
        await session.SaveContractAsync(contract, cancellationToken);
        await session.AppendContractAsync(
            contract, new ReviewsStalled { Reviews = { found.Select(review => review.ToMessage(now)) } }, clock, cancellationToken);

        foreach (var side in Sides.Both)
        {
            var contact = await session.FindAnsweringAsync(contract.OwnerId, contract.DelegationId, contract.DelegateId, side, now, cancellationToken);
            await session.OpenWorkItemAsync(NegotiationWork.Stall(contract, side, contact, stalled), clock, cancellationToken);
        }
    }
}
