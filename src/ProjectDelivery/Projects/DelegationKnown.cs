namespace Delegation.ProjectDelivery.Projects;

/// <summary>A delegation as this service knows it.</summary>
internal sealed record DelegationKnown(Guid OwnerId, Guid DelegationId, Guid DelegateId, string State)
{
    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    /// <summary>Whether it takes commands. On one that is frozen because it ends, the journal refuses them, and says so.</summary>
    public bool IsOpen => State is "open" or "frozen";

    /// <summary>Whether it has ended, up to the certificate of destruction: its delegate has left.</summary>
    public bool HasEnded => State == "closed";
}
