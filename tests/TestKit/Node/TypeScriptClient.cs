using Xunit;

namespace Delegation.TestKit;

/// <summary>A client of a front-end team, one of <c>Gateway.Tests/peers</c>, compiled against the types of an OpenAPI document.</summary>
public sealed class TypeScriptClient : IDisposable
{
    /// <summary>The test project whose peers it needs.</summary>
    public const string Project = "Gateway.Tests";

    private static readonly NodePeers Peers = new(Project);

    private readonly DirectoryInfo _folder;

    private TypeScriptClient(DirectoryInfo folder, IReadOnlyList<string> complaints) => (_folder, Complaints) = (folder, complaints);

    /// <summary>What the compiler, strict, does not accept; empty for nothing.</summary>
    public IReadOnlyList<string> Complaints { get; }

    /// <summary>Makes types of the document and compiles the client against them.</summary>
    /// <param name="document">The OpenAPI document.</param>
    /// <param name="script">Which client.</param>
    public static async Task<TypeScriptClient> CompileAsync(string document, string script = "client.ts")
    {
        // Under the packages, where the compiled script finds them and git does not look.
        var folder = Directory.CreateDirectory(Path.Combine(Peers.Folder, "node_modules", ".generated", Guid.NewGuid().ToString("N")));
        var file = Path.Combine(folder.FullName, "openapi.json");
        await File.WriteAllTextAsync(file, document);
        return new TypeScriptClient(folder, await Peers.RunAsync("compile.mjs", file, script, folder.FullName));
    }

    /// <summary>Runs it; it reports what it got as one JSON line.</summary>
    public async Task<string> RunAsync(params string[] arguments) =>
        Assert.Single(await Peers.RunAsync(Path.Combine(_folder.FullName, "client.js"), arguments));

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
