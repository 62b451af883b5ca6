using Delegation.Contracts.V1;

namespace Delegation.Contracts.Scope;

/// <summary>What is asked of the lines of a scope.</summary>
internal static class ScopeLines
{
    /// <summary>The places, from 0, of the lines that are to be decided.</summary>
    public static IEnumerable<int> Undecided(IReadOnlyList<ScopeLine> lines) =>
        lines.Index().Where(entry => entry.Item.ToBeDecided).Select(entry => entry.Index);
}
