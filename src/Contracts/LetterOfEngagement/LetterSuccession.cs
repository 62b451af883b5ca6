using Delegation.Contracts.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>A letter in force gives way to what is signed after it: another letter, or the contract.</summary>
internal static class LetterSuccession
{
    /// <param name="session">The caller's.</param>
    /// <param name="former">The letter, locked.</param>
    /// <param name="effectiveDay">The first day of what takes its place.</param>
    /// <param name="successorId">What takes its place.</param>
    /// <param name="now">When it was signed.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task SupersedeAsync(
        TenantSession session, LetterRow former, DateOnly effectiveDay, Guid successorId, DateTimeOffset now, TimeProvider clock, CancellationToken cancellationToken)
    {
        var superseded = Signing.Supersede(former, effectiveDay, now);
        await session.SaveLetterAsync(superseded, cancellationToken);
        await session.CancelScheduledAsync(LetterExpiry.WorkKind, superseded.OwnerId, superseded.DelegationId, superseded.Id, cancellationToken);
        var happened = new LetterSuperseded { Letter = superseded.ToEvent(), SuccessorId = successorId.ToString() };
        await session.AppendLetterAsync(superseded, happened, clock, cancellationToken);
    }
}
