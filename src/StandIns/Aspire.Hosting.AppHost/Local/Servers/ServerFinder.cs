using System.Globalization;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.Local.Servers;

/// <summary>Looks for installed servers: on PATH first, then where packages put what they keep off PATH.</summary>
internal static partial class ServerFinder
{
    /// <summary>Every installed version of the program, the one to prefer first, those that are too old included.</summary>
    public static async Task<IReadOnlyList<InstalledServer>> FindAllAsync(ServerProgram program, CancellationToken cancellationToken)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        var further = await program.FurtherDirectories(cancellationToken);
        var executables =
            from directory in path.Concat(further)
            from name in program.Executables
            let file = Path.Combine(directory, name)
            where File.Exists(file)
            select file;

        var found = new List<InstalledServer>();
        foreach (var file in executables.Distinct())
        {
            // Asked under the account that will run it: a program inside root's home exists, and yet cannot be started.
            var answer = await SystemCommand.RunAsync(file, ["--version"], account: program.Account, cancellationToken: cancellationToken);
            if (answer.Succeeded && VersionPattern().Match(answer.Output) is { Success: true } version)
            {
                var major = int.Parse(version.Groups["major"].Value, CultureInfo.InvariantCulture);
                found.Add(new InstalledServer(file, major, version.Groups["all"].Value));
            }
        }

        return found;
    }

    /// <summary>The installed versions that are new enough, the one to prefer first.</summary>
    public static async Task<IReadOnlyList<InstalledServer>> FindUsableAsync(ServerProgram program, CancellationToken cancellationToken) =>
        [.. (await FindAllAsync(program, cancellationToken)).Where(program.IsNewEnough)];

    // "postgres (PostgreSQL) 15.18 (Debian …)", "Redis server v=7.0.15 sha=…", "Valkey server v=8.1.1 sha=…"
    [GeneratedRegex(@"(\) |v=)(?<all>(?<major>\d+)[\w.]*)")]
    private static partial Regex VersionPattern();
}
