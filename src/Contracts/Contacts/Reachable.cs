namespace Delegation.Contracts.Contacts;

/// <summary>A member and how to reach them.</summary>
internal sealed record Reachable(Guid MemberId, Guid PersonId, string Name, string Email, string Phone)
{
    // The generated text would put names and addresses into whatever prints a row.
    public override string ToString() => MemberId.ToString();
}
