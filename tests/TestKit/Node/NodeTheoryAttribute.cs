using Xunit;

namespace Delegation.TestKit;

/// <summary>A theory that needs the peers of a test project on Node.js, under the same rule as <see cref="PostgresFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides at discovery.</summary>
    /// <param name="project">The test project whose peers they are, as <c>Gateway.Tests</c>.</param>
    public NodeTheoryAttribute(string project) => Skip = SkipRule.For("Node.js peers", new NodePeers(project).WhyNone);
}
