using System.Globalization;
using Aspire.Hosting.Local.Processes;

namespace Aspire.Hosting.Local.Ports;

/// <summary>Finds out who uses a port, from /proc/net/tcp (https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt).</summary>
internal static class PortOwner
{
    private const int Listening = 0x0A;
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Who listens on a port, for people.</summary>
    public static string Describe(int port)
    {
        var inodes = Sockets(port).Where(socket => socket.State == Listening).Select(socket => $"socket:[{socket.Inode}]").ToHashSet();
        if (inodes.Count == 0)
        {
            return "another program, which does not listen on it yet";
        }

        return ProcessTable.ReadAll().Select(process => process.Identity.Id).FirstOrDefault(id => HasOpen(id, inodes)) is var owner and not 0
            ? $"process {owner} ({ProcessTable.CommandLine(owner)})"
            : "a process of another user";
    }

    public static bool OnlyClosingConnections(int port)
    {
        var sockets = Sockets(port).ToArray();
        return sockets.Length > 0 && sockets.All(socket => socket.State != Listening);
    }

    private static IEnumerable<(int State, string Inode)> Sockets(int port) =>
        from table in Tables
        where File.Exists(table)
        from line in File.ReadLines(table).Skip(1)
        let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where int.Parse(fields[1][(fields[1].LastIndexOf(':') + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture) == port
        select (int.Parse(fields[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture), fields[9]);

    private static bool HasOpen(int processId, HashSet<string> inodes)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{processId}/fd").Any(file => new FileInfo(file).LinkTarget is { } target && inodes.Contains(target));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // Gone, or somebody else's.
        }
    }
}
