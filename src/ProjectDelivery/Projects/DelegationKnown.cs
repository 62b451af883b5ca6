namespace Delegation.ProjectDelivery.Projects;

/// <summary>A delegation as this service knows it.</summary>
internal sealed record DelegationKnown(Guid OwnerId, Guid DelegationId, Guid DelegateId, string State)
{
    public Parties Parties => new(OwnerId, DelegationId, DelegateId);

    public bool IsOpen => State == "open";
}
