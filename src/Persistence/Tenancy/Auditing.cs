namespace Delegation.Persistence.Tenancy;

/// <summary>By which audit mission a caller reads. The database looks at it again with every statement.</summary>
/// <param name="MissionId">The mission.</param>
/// <param name="Time">When the call came, on the platform's clock.</param>
public sealed record Auditing(Guid MissionId, DateTimeOffset Time);
