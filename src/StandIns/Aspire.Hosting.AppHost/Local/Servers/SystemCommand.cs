using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Aspire.Hosting.Local.Servers;

/// <summary>A short-lived program: run to its end within a time limit, with everything it printed.</summary>
internal static class SystemCommand
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program and collects its output.</summary>
    /// <param name="fileName">A path, or a name to find on PATH.</param>
    /// <param name="arguments">Every user of the machine can read them: no secret goes here.</param>
    /// <param name="input">Text for the standard input, where a secret may go; without it the input is empty.</param>
    /// <param name="account">The account to run it under; null is our own.</param>
    /// <param name="limit">After this time the program and what it started are killed; null is one minute.</param>
    /// <param name="cancellationToken">Kills the program likewise.</param>
    /// <exception cref="TimeoutException">The program did not end in time.</exception>
    public static async Task<SystemCommandResult> RunAsync(
        string fileName,
        IEnumerable<string> arguments,
        string input = "",
        OsAccount? account = null,
        TimeSpan? limit = null,
        CancellationToken cancellationToken = default)
    {
        var (program, allArguments) = account is null ? (fileName, arguments) : account.Wrap(fileName, arguments);
        var start = new ProcessStartInfo(program, allArguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/", // our own may be closed to the other account
        };
        start.Environment["LC_ALL"] = "C"; // the output is parsed

        using var process = new Process { StartInfo = start };
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            return new SystemCommandResult(SystemCommandResult.NotFound, missing.Message);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(limit ?? DefaultLimit);
        try
        {
            await WriteAsync(process.StandardInput, input);
            await process.WaitForExitAsync(timer.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"'{fileName}' did not end within {limit ?? DefaultLimit}. Its output so far:\n{output}");
        }

        return new SystemCommandResult(process.ExitCode, output.ToString());
    }

    private static async Task WriteAsync(StreamWriter standardInput, string input)
    {
        try
        {
            await standardInput.WriteAsync(input);
            standardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading; its exit code says more than the broken pipe.
        }
    }

    private static void Append(StringBuilder output, string? line)
    {
        if (line is not null)
        {
            lock (output)
            {
                output.Append(line).Append('\n');
            }
        }
    }
}

/// <summary>How a program ended, and what it printed on both of its outputs.</summary>
internal sealed record SystemCommandResult(int ExitCode, string Output)
{
    /// <summary>The shell's exit code of a program that does not exist.</summary>
    public const int NotFound = 127;

    public bool Succeeded => ExitCode == 0;
}
