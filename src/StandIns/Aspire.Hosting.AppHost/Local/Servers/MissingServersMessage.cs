using System.Text;

namespace Aspire.Hosting.Local.Servers;

/// <summary>What a person reads when servers are missing: which, why what is there will not do, and the command to type.</summary>
internal static class MissingServersMessage
{
    /// <param name="missing">At least one.</param>
    /// <param name="hasPackages">Whether this system has packages that we know how to install.</param>
    /// <param name="isRoot">Whether the reader needs no sudo.</param>
    public static string For(IReadOnlyList<MissingServer> missing, bool hasPackages, bool isRoot)
    {
        var message = new StringBuilder();
        foreach (var (program, tooOld, offered) in missing)
        {
            message.Append(tooOld is null
                ? $"{program.NameAndVersion} is needed and not installed.\n"
                : $"{program.NameAndVersion} is needed; {tooOld.Path} is version {tooOld.Version}.\n");

            if (offered is { IsNewEnough: false })
            {
                message.Append($"The packages of this system offer version {offered.Major} only. {program.NewerVersions}\n");
            }
        }

        return message.Append(hasPackages ? Command(missing, isRoot) : WithoutPackages(missing)).ToString().TrimEnd();
    }

    private static string WithoutPackages(IReadOnlyList<MissingServer> missing) =>
        $"Install so that PATH has {string.Join(" and ", missing.Select(server => server.Program.Executables[0]))}.";

    private static string Command(IReadOnlyList<MissingServer> missing, bool isRoot)
    {
        // What is offered too old is not installed: the sentence about newer versions says what to do.
        var packages = missing
            .Where(server => server.Offered is not { IsNewEnough: false })
            .Select(server => server.Offered?.Package ?? server.Program.Packages[0].Name)
            .ToArray();
        if (packages.Length == 0)
        {
            return "";
        }

        var sudo = isRoot ? "" : "sudo ";
        var update = missing.Any(server => server.Offered is null) ? $"{sudo}apt-get update && " : "";
        return $"""
            Type

                {update}{sudo}apt-get install {string.Join(' ', packages)}

            or start {(isRoot ? "" : "as root ")}with {InstallPermission.Setting}=true, which does the same and leaves no service running.
            """;
    }
}
