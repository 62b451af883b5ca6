namespace Delegation.Gateway.Tests.OpenApi;

/// <summary>
/// A file under <c>docs/api</c> that is made from the contract and kept in the repository. After an intended change:
/// <code>UPDATE_CONTRACT=yes dotnet test tests/Gateway.Tests --filter Kept</code>
/// </summary>
internal sealed class KeptFile(string name)
{
    private const string Variable = "UPDATE_CONTRACT";
    private const string Command = $"{Variable}=yes dotnet test tests/Gateway.Tests --filter Kept";

    private readonly string _path = Path.Combine(Folder(), name);

    /// <summary>Whether this run writes what it finds: never where nobody looks at the result.</summary>
    public static bool Updates { get; } = Environment.GetEnvironmentVariable(Variable) is "yes" or "breaking" && Environment.GetEnvironmentVariable("CI") != "true";

    /// <summary>Whether it may also write what callers cannot follow.</summary>
    public static bool UpdatesBreaking { get; } = Updates && Environment.GetEnvironmentVariable(Variable) == "breaking";

    public string Text => File.Exists(_path) ? File.ReadAllText(_path) : "";

    public void Is(string present)
    {
        if (Updates)
            File.WriteAllText(_path, present);
        Assert.True(Text == present, $"docs/api/{name} is not what the contract says now. If the change is intended: {Command}");
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
                return Directory.CreateDirectory(Path.Combine(folder.FullName, "docs", "api")).FullName;

        throw new DirectoryNotFoundException("Platform.sln is not above the test assembly.");
    }
}
