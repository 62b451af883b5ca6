using System.Globalization;
using System.Text;

namespace Aspire.Hosting.Local.Processes;

/// <summary>The processes of this machine, as /proc shows them (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html).</summary>
internal static class ProcessTable
{
    /// <summary>A process, or null when there is none of that id.</summary>
    public static ProcessEntry? Read(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");

            // The name in parentheses may contain anything, so the fields are counted from its end.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessEntry(
                new ProcessIdentity(id, long.Parse(fields[19], CultureInfo.InvariantCulture)),
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                fields[0] is "Z" or "X");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    public static IReadOnlyList<ProcessEntry> ReadAll() => [.. Ids().Select(Read).OfType<ProcessEntry>()];

    /// <summary>What the process was started as, for people; empty when it is gone.</summary>
    public static string CommandLine(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ').Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Processes that inherited an environment variable whose assignment starts with this text.</summary>
    public static IReadOnlyList<ProcessIdentity> WithVariable(string assignment)
    {
        var wanted = Encoding.UTF8.GetBytes(assignment);
        return [.. Ids().Where(id => HasVariable(id, wanted)).Select(Read).OfType<ProcessEntry>().Where(p => !p.IsZombie).Select(p => p.Identity)];
    }

    /// <summary>These processes and everything that they started and that started from there.</summary>
    public static IReadOnlySet<ProcessIdentity> Family(IEnumerable<ProcessIdentity> roots)
    {
        var childrenOf = ReadAll().Where(p => !p.IsZombie).ToLookup(p => p.Parent, p => p.Identity);
        var family = new HashSet<ProcessIdentity>();
        var next = new Queue<ProcessIdentity>(roots.Where(root => root.IsAlive));
        while (next.TryDequeue(out var process))
        {
            if (family.Add(process))
            {
                foreach (var child in childrenOf[process.Id])
                {
                    next.Enqueue(child);
                }
            }
        }

        return family;
    }

    private static IEnumerable<int> Ids() => Directory.EnumerateDirectories("/proc")
        .Select(directory => int.TryParse(Path.GetFileName(directory.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id != 0);

    private static bool HasVariable(int id, byte[] assignment)
    {
        try
        {
            var environment = File.ReadAllBytes($"/proc/{id}/environ").AsSpan();
            var at = environment.IndexOf(assignment);
            return at == 0 || (at > 0 && environment[at - 1] == 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

/// <summary>One process.</summary>
/// <param name="Identity">Which.</param>
/// <param name="Parent">Id of the process that it belongs to.</param>
/// <param name="IsZombie">Whether it has ended and only its exit code is left.</param>
internal sealed record ProcessEntry(ProcessIdentity Identity, int Parent, bool IsZombie);
