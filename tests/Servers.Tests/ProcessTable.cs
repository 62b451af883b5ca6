namespace Delegation.Servers.Tests;

internal static class ProcessTable
{
    /// <summary>Whether a process runs. One that ended and was not waited for keeps its number, as a zombie, which is as good as gone.</summary>
    public static bool IsAlive(int pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
