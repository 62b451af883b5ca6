using Delegation.Persistence.Journal;

namespace Delegation.Persistence.Files;

/// <summary>Whose a file is.</summary>
/// <param name="OwnerId">The insurer of the delegation.</param>
/// <param name="DelegationId">The delegation.</param>
/// <param name="DelegateId">The delegate of the delegation.</param>
/// <param name="Visibility">Who of the two sees it.</param>
public sealed record FileParty(Guid OwnerId, Guid DelegationId, Guid DelegateId, Visibility Visibility);
