namespace Delegation.Persistence.DueWork;

/// <summary>Work that became due.</summary>
/// <param name="Kind">Which work it is, as <c>letter.expiry</c>: stable, since rows name it.</param>
/// <param name="OwnerId">Whose object it is about.</param>
/// <param name="ObjectId">The object.</param>
/// <param name="DueTime">When it was to be done.</param>
/// <param name="Attempts">How often it failed before.</param>
public sealed record DueItem(string Kind, Guid OwnerId, Guid ObjectId, DateTime DueTime, int Attempts);
