using System.Globalization;
using System.Runtime.InteropServices;

namespace Delegation.Benchmarks;

/// <summary>What a figure was measured on; without it, it means nothing.</summary>
internal static class Machine
{
    public static void Describe()
    {
        var model = Field("/proc/cpuinfo", "model name");
        var memory = long.Parse(Field("/proc/meminfo", "MemTotal").Split(' ')[0], CultureInfo.InvariantCulture) / 1024 / 1024;
        Console.WriteLine($"{Environment.ProcessorCount} cores ({model}), {memory} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
        Console.WriteLine();
    }

    private static string Field(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "?";
}
