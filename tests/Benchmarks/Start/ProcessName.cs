namespace Delegation.Benchmarks.Start;

/// <summary>What people call a process.</summary>
internal static class ProcessName
{
    public static string Of(int process)
    {
        var command = ProcessTree.Command(process);
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return command switch
        {
            _ when words.Length == 0 => "(ended)",
            _ when words[0].Contains("postgres", StringComparison.Ordinal) => "PostgreSQL",
            _ when words[0].Contains("redis", StringComparison.Ordinal) => "Redis",
            // `dotnet Some.dll` and the program `Some` are the same to us.
            _ when words.FirstOrDefault(word => word.EndsWith(".dll", StringComparison.Ordinal)) is { } assembly => Path.GetFileNameWithoutExtension(assembly),
            _ => Path.GetFileName(words[0]),
        };
    }
}
