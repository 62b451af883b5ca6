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
