using System.Globalization;

namespace Delegation.Benchmarks;

/// <summary>Processes and what they use, from /proc: https://man7.org/linux/man-pages/man5/proc.5.html</summary>
internal static class ProcessTree
{
    /// <summary>The kernel counts processor time in hundredths of a second on every Linux that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>A process and all its descendants.</summary>
    public static IReadOnlyList<int> Of(int root)
    {
        var children = All().ToLookup(process => process.Parent, process => process.Id);
        var found = new List<int> { root };
        for (var i = 0; i < found.Count; i++)
            found.AddRange(children[found[i]]);
        return found;
    }

    public static IEnumerable<int> ChildrenOf(int process) => All().Where(candidate => candidate.Parent == process).Select(child => child.Id);

    /// <summary>Processes anywhere that carry the same value of an environment variable as one of the given ones.</summary>
    public static IEnumerable<int> WithEnvironmentOf(IEnumerable<int> processes, string variable)
    {
        // The value says which run, then which resource.
        var runs = processes.Select(process => Variable(process, variable)?.Split('/')[0]).OfType<string>().ToHashSet();
        return All().Select(process => process.Id).Where(id => Variable(id, variable)?.Split('/')[0] is { } run && runs.Contains(run));
    }

    public static double ProcessorSeconds(int process) =>
        Stat(process) is { } fields ? (Number(fields[11]) + Number(fields[12])) / TicksPerSecond : 0;

    /// <summary>
    /// Proportional set size in KiB: what the process alone holds, and its share of what it has in common with others. The sum over
    /// processes is what they cost together, which the sum of their resident sizes is not.
    /// </summary>
    public static long ProportionalKibibytes(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
            return Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        }
        catch (IOException)
        {
            return 0; // Ended meanwhile.
        }
    }

    /// <summary>The largest resident set in KiB that the process has had.</summary>
    public static long MostKibibytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return Number(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]);
    }

    public static string Command(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Replace('\0', ' ').Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static string? Variable(int process, string name)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/environ").Split('\0')
                .FirstOrDefault(entry => entry.StartsWith(name + '=', StringComparison.Ordinal))?[(name.Length + 1)..];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null; // Ended meanwhile, or another user's.
        }
    }

    private static IEnumerable<(int Id, int Parent)> All()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Stat(id) is { } fields)
                yield return (id, (int)Number(fields[1]));
    }

    /// <summary>The fields after the command, which is in brackets and may hold anything: state, parent, and so on.</summary>
    private static string[]? Stat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
