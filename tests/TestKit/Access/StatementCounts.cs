using System.Globalization;
using System.Reflection;

namespace Delegation.TestKit.Access;

/// <summary>
/// How many statements, or batches of them, each recorded call sends to the database: <c>Access/statements.txt</c> of a test project, kept in the repository so that more of
/// them are seen and meant. After an intended change:
/// <code>UPDATE_STATEMENTS=yes dotnet test tests/&lt;Service&gt;.Tests --filter The_access_walk</code>
/// </summary>
internal sealed class StatementCounts(Assembly tests)
{
    private const string Variable = "UPDATE_STATEMENTS";

    private static readonly Lock Gate = new();

    // Never where nobody looks at the result.
    private static readonly bool Updates = Environment.GetEnvironmentVariable(Variable) == "yes" && Environment.GetEnvironmentVariable("CI") != "true";

    private readonly string _path = Path.Combine(Folder(), "tests", tests.GetName().Name!, "Access", "statements.txt");

    /// <summary>What is wrong with the count of a call; null when it is the one that is kept.</summary>
    public string? Finding(string rpc, int count)
    {
        lock (Gate)
        {
            var kept = Read();
            if (kept.TryGetValue(rpc, out var expected) && expected == count)
                return null;
            if (!Updates)
                return $"{rpc}: {count} statements, and {(expected == 0 ? "none" : expected)} in {_path}. If that is meant: {Variable}=yes, and run this test";

            kept[rpc] = count;
            File.WriteAllLines(_path, kept.Select(call => string.Create(CultureInfo.InvariantCulture, $"{call.Value,3} {call.Key}")));
            return null;
        }
    }

    private SortedDictionary<string, int> Read() => new(
        File.Exists(_path)
            ? File.ReadLines(_path).Select(line => line.Trim().Split(' ', 2)).ToDictionary(parts => parts[1], parts => int.Parse(parts[0], CultureInfo.InvariantCulture))
            : [],
        StringComparer.Ordinal);

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
                return folder.FullName;

        throw new DirectoryNotFoundException("Platform.sln is not above the test assembly.");
    }
}
