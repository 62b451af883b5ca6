using System.Diagnostics;
using System.Text.Json;

namespace Delegation.TestKit;

/// <summary>A script of <see cref="NodePeers"/> that goes on running and reports JSON lines. It ends with this object.</summary>
public sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Task<string> _complaints;

    internal NodeProcess(Process process)
    {
        _process = process;
        _complaints = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Its next report.</summary>
    /// <exception cref="InvalidOperationException">It ended; the message is what it complained about.</exception>
    public async Task<JsonElement> ReportAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Limit);
        return line is not null
            ? JsonDocument.Parse(line).RootElement
            : throw new InvalidOperationException($"It ended without a report:\n{await _complaints.WaitAsync(Limit)}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().WaitAsync(Limit);
        _process.Dispose();
    }
}
