using System.Runtime.InteropServices;

namespace Aspire.Hosting.Local.Processes;

/// <summary>Signals of Linux, which .NET can receive but not send.</summary>
internal static partial class Signals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Sends a signal to exactly the process that was meant: never to another one that has got its id since.</summary>
    public static void Send(ProcessIdentity process, int signal)
    {
        if (process.IsAlive)
        {
            _ = kill(process.Id, signal);
        }
    }

    // https://man7.org/linux/man-pages/man2/kill.2.html
    [LibraryImport("libc")]
    private static partial int kill(int pid, int signal);
}
