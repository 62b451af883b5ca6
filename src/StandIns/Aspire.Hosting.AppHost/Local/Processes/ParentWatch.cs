namespace Aspire.Hosting.Local.Processes;

/// <summary>
/// Notices that the <c>dotnet run</c> that started us is gone. It forwards signals, but it cannot forward the one that
/// cannot be caught; without it nobody would see us any more.
/// </summary>
internal static class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Completes with the parent's id when it is gone; never when the parent is not a dotnet command.</summary>
    public static async Task<int> UntilGoneAsync(CancellationToken cancellationToken)
    {
        var parentId = ProcessTable.Read(Environment.ProcessId)?.Parent ?? 0;
        if (!IsDotnetCommand(ProcessTable.CommandLine(parentId)) || ProcessIdentity.Of(parentId) is not { } parent)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }

        while (parent.IsAlive)
        {
            await Task.Delay(Interval, cancellationToken);
        }

        return parent.Id;
    }

    private static bool IsDotnetCommand(string commandLine)
    {
        var words = commandLine.Split(' ');
        return Path.GetFileName(words[0]) == "dotnet" && words.Skip(1).Any(word => word is "run" or "watch");
    }
}
