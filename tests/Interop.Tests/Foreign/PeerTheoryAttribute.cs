namespace Delegation.Interop.Tests.Foreign;

/// <summary>
/// A theory that needs a foreign peer. Without it the rows are skipped with the reason; where <c>CI=true</c> they fail instead, since
/// there nobody reads what was skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeerTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides at discovery.</summary>
    /// <param name="peer">What the theory needs.</param>
    public PeerTheoryAttribute(Peer peer)
    {
        Peer = peer;
        if (Environment.GetEnvironmentVariable("CI") != "true") Skip = Installation.WhyMissing(peer);
    }

    /// <summary>What the theory needs.</summary>
    public Peer Peer { get; }
}
