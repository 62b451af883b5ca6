namespace Delegation.Identity.Tests.Foreign;

/// <summary>
/// A theory that needs the packages of <c>peers</c> on Node.js. Without them it is skipped with the reason; where <c>CI=true</c> it fails
/// instead, since there nobody reads what was skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides at discovery.</summary>
    public NodeTheoryAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true")
            Skip = NodePeer.WhyMissing;
    }
}
