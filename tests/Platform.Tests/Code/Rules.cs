using System.Text.RegularExpressions;

namespace Delegation.Platform.Tests.Code;

/// <summary>The rules on the code that matter, each a pure function: the violations it finds, as sentences.</summary>
internal static partial class Rules
{
    private static readonly string[] TopLevel = ["AppHost", "ServiceDefaults", "docs", "src", "tests", ".ci"];
    private static readonly string[] Contexts = ["Contracts", "ProjectDelivery", "Reporting", "Watch"];
    private static readonly string[] SharedByServices = ["Protocol", "Persistence", "ServiceDefaults", "Documents"];

    // The second half is put together here so that this file does not break its own rule.
    private static readonly Regex RegistryHost = new("https?://[a-z0-9.-]*(" + "nuget" + "|" + "npm" + "|" + "debian" + @")[a-z0-9.-]*\.[a-z]+/", RegexOptions.IgnoreCase);

    public static IEnumerable<string> TopLevelFoldersAreTheKnownOnes(Repository repository) =>
        from path in repository.Files.Keys
        where path.Contains('/', StringComparison.Ordinal)
        let folder = path[..path.IndexOf('/', StringComparison.Ordinal)]
        where !TopLevel.Contains(folder)
        select $"{path}: the top level has no folder {folder}";

    public static IEnumerable<string> ProgramsAreTablesOfContents(Repository repository) =>
        from file in repository.Product()
        where Path.GetFileName(file.Key) == "Program.cs"
        let lines = file.Value.Split('\n').Count(line => line.Trim().Length > 0)
        let most = file.Key.StartsWith("AppHost/", StringComparison.Ordinal) ? 30 : 25
        where lines > most
        select $"{file.Key}: {lines} lines; a Program.cs has at most {most}";

    public static IEnumerable<string> FilesHoldOneIdea(Repository repository) =>
        from file in repository.EndingWith(".cs", ".proto", ".sql", ".mjs", ".py", ".sh")
        let lines = file.Value.Count(character => character == '\n')
        where lines > 450
        select $"{file.Key}: {lines} lines; more than 450 is more than one idea";

    public static IEnumerable<string> ProductDoesNotKnowTheStandIns(Repository repository) =>
        from file in repository.Product()
        where !file.Key.EndsWith(".lock.json", StringComparison.Ordinal)
        where StandIn().IsMatch(file.Value)
        select $"{file.Key}: names the package stand-ins; product code is written against the real packages";

    public static IEnumerable<string> ServicesShareOnlyTheSharedProjects(Repository repository) =>
        from file in repository.Product()
        let project = Path.GetFileNameWithoutExtension(file.Key)
        where file.Key.EndsWith(".csproj", StringComparison.Ordinal) && Contexts.Contains(project)
        from Match match in ProjectReference().Matches(file.Value)
        let referenced = Path.GetFileNameWithoutExtension(match.Groups[1].Value.Replace('\\', '/'))
        where !SharedByServices.Contains(referenced)
        select $"{file.Key}: references {referenced}; a service knows another only through the contract in src/Protocol";

    public static IEnumerable<string> InternalsAreOpenToTestsOnly(Repository repository) =>
        from file in repository.Product()
        from Match match in InternalsVisibleTo().Matches(file.Value)
        let friend = match.Groups[1].Value
        where !friend.EndsWith(".Tests", StringComparison.Ordinal) && friend != "Benchmarks"
        select $"{file.Key}: opens its internals to {friend}; only tests may see them";

    public static IEnumerable<string> NoServiceSqlNamesAnothersSchema(Repository repository) =>
        from file in repository.Product()
        where file.Key.EndsWith(".sql", StringComparison.Ordinal)
        from Match match in DatabaseLink().Matches(file.Value)
        select $"{file.Key}: {match.Value} reaches into another database; a service reads only its own";

    public static IEnumerable<string> EveryElementOfTheContractHasAComment(Repository repository)
    {
        foreach (var (path, text) in repository.Files.Where(file => file.Key.StartsWith("src/Protocol/delegation/", StringComparison.Ordinal)))
        {
            if (!path.EndsWith(".proto", StringComparison.Ordinal))
            {
                continue;
            }

            var lines = text.Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                if (ProtoElement().IsMatch(lines[i]) && (i == 0 || !lines[i - 1].TrimStart().StartsWith("//", StringComparison.Ordinal)))
                {
                    yield return $"{path}:{i + 1}: '{lines[i].Trim()}' has no comment; say its meaning, shape, unit and errors";
                }
            }
        }
    }

    public static IEnumerable<string> EveryDecisionNamesAGuardThatExists(Repository repository) =>
        from file in repository.Files
        where file.Key.StartsWith("docs/decisions/", StringComparison.Ordinal)
        let guards = TestName().Matches(file.Value[Math.Max(0, file.Value.IndexOf("**Guarded by**", StringComparison.Ordinal))..]).Select(match => match.Groups[1].Value).ToList()
        from problem in guards.Count == 0
            ? ["names no test that guards it"]
            : guards.Where(guard => !repository.EndingWith(".cs").Any(test => test.Value.Contains($" {guard}(", StringComparison.Ordinal))).Select(guard => $"no test is called {guard}")
        select $"{file.Key}: {problem}";

    public static IEnumerable<string> NoRegistryHostIsNamed(Repository repository) =>
        from file in repository.Files
        from Match match in RegistryHost.Matches(file.Value)
        select $"{file.Key}: names the registry {match.Value}";

    // What is outstanding, notwithstanding or a standing order is none.
    [GeneratedRegex(@"(?<![a-z])stand-?ins?(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StandIn();

    [GeneratedRegex("<ProjectReference Include=\"([^\"]+)\"")]
    private static partial Regex ProjectReference();

    [GeneratedRegex("InternalsVisibleTo(?:\\s+Include=|\\()\"([^\"]+)\"")]
    private static partial Regex InternalsVisibleTo();

    [GeneratedRegex(@"`([A-Z]\w+_\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex("dblink|postgres_fdw|FOREIGN SERVER", RegexOptions.IgnoreCase)]
    private static partial Regex DatabaseLink();

    [GeneratedRegex(@"^\s*(rpc|message|enum|service|oneof)\s+\w+|^\s+(repeated |optional )?[\w.<>, ]+\s+\w+\s*=\s*\d+")]
    private static partial Regex ProtoElement();
}
