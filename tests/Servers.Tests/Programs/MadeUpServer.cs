using Aspire.Hosting.Local.Servers;

namespace Delegation.Servers.Tests.Programs;

/// <summary>Servers that no machine has.</summary>
internal static class MadeUpServer
{
    public static ServerProgram Tree { get; } = new(
        "Tree", MinimumMajor: 7, ["tree-server-of-a-test"], [new SystemPackage("tree", InstallAs: "tree-{0}")],
        "Newer trees: https://example.org");

    public static ServerProgram Bush { get; } = new(
        "Bush", MinimumMajor: 3, ["bush-server-of-a-test"], [new SystemPackage("bush")], "Newer bushes: https://example.org");

    /// <summary>The tree server, to be looked for in these directories.</summary>
    public static ServerProgram TreeIn(params string[] directories) =>
        Tree with { FurtherDirectories = _ => Task.FromResult<IReadOnlyList<string>>(directories) };
}
