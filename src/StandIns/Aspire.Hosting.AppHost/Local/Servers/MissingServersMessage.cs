using System.Text;

namespace Aspire.Hosting.Local.Servers;

/// <summary>What a person reads when servers are missing: which, why what is there will not do, and the command to type.</summary>
internal static class MissingServersMessage
{
    public static async Task<string> ForAsync(
        IReadOnlyList<ServerProgram> missing, IReadOnlyList<OfferedServer> offered, CancellationToken cancellationToken)
    {
        var message = new StringBuilder();
        foreach (var program in missing)
        {
            var tooOld = await ServerFinder.FindAllAsync(program, cancellationToken);
            message.Append(tooOld is [var old, ..]
                ? $"{program.NameAndVersion} is needed; {old.Path} is version {old.Version}.\n"
                : $"{program.NameAndVersion} is needed and not installed.\n");

            if (offered.SingleOrDefault(server => server.Program == program) is { IsNewEnough: false } outdated)
            {
                message.Append($"The packages of this system offer version {outdated.Major} only. {program.NewerVersions}\n");
            }
        }

        return message.Append(Remedy(missing, offered)).ToString().TrimEnd();
    }

    private static string Remedy(IReadOnlyList<ServerProgram> missing, IReadOnlyList<OfferedServer> offered)
    {
        if (!SystemPackages.Exist)
        {
            return $"Install it so that {string.Join(" and ", missing.Select(program => $"'{program.Executables[0]}'"))} is on PATH.";
        }

        var sudo = Environment.IsPrivilegedProcess ? "" : "sudo ";
        var listed = missing.All(program => offered.Any(server => server.Program == program));
        var update = listed ? "" : $"{sudo}apt-get update && ";
        var packages = missing
            .Select(program => offered.SingleOrDefault(server => server.Program == program) switch
            {
                null => program.Packages[0].Name,
                { IsNewEnough: true } server => server.Package,
                _ => null, // the sentence about newer versions says what to do
            })
            .OfType<string>()
            .ToArray();

        return packages.Length == 0
            ? ""
            : $"Type\n\n    {update}{sudo}apt-get install {string.Join(' ', packages)}\n\n"
              + $"or start {(Environment.IsPrivilegedProcess ? "" : "as root ")}with {InstallPermission.Setting}=true, "
              + "which does the same and leaves no service running.";
    }
}
