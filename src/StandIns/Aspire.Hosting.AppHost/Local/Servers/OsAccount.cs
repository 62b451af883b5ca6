using System.Globalization;

namespace Aspire.Hosting.Local.Servers;

/// <summary>An account of the operating system that a program runs under instead of root.</summary>
internal sealed record OsAccount(string Name, int Uid, int Gid)
{
    /// <summary>The first of these accounts that exists, if we are root; null otherwise, since only root can become another.</summary>
    public static OsAccount? InsteadOfRoot(params ReadOnlySpan<string> names)
    {
        if (!Environment.IsPrivilegedProcess || !OperatingSystem.IsLinux())
        {
            return null;
        }

        foreach (var name in names)
        {
            if (Named(name) is { } account)
            {
                return account;
            }
        }

        return null;
    }

    /// <summary>The account of this name, null if there is none.</summary>
    public static OsAccount? Named(string name) =>
        File.ReadLines("/etc/passwd").Select(Parse).FirstOrDefault(account => account?.Name == name);

    /// <summary>The command that runs a program under this account. It replaces itself by the program: signals reach it.</summary>
    public (string FileName, IEnumerable<string> Arguments) Wrap(string fileName, IEnumerable<string> arguments) =>
        ("setpriv", [$"--reuid={Uid}", $"--regid={Gid}", "--clear-groups", "--", fileName, .. arguments]);

    // https://man7.org/linux/man-pages/man5/passwd.5.html: name:password:UID:GID:…
    private static OsAccount? Parse(string line) =>
        line.Split(':') is [var name, _, var uid, var gid, ..]
        && int.TryParse(uid, CultureInfo.InvariantCulture, out var uidNumber)
        && int.TryParse(gid, CultureInfo.InvariantCulture, out var gidNumber)
            ? new OsAccount(name, uidNumber, gidNumber)
            : null;
}
