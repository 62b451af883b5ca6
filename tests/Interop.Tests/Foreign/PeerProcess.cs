using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Delegation.Interop.Tests.Foreign;

/// <summary>A running peer that reports JSON lines. It is stopped, with what it started, when it is disposed.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly Channel<JsonElement> _lines = Channel.CreateUnbounded<JsonElement>();

    private PeerProcess(Process process)
    {
        _process = process;
        // Null ends the stream; only then is everything that was written read.
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null) _lines.Writer.TryComplete();
            else _lines.Writer.TryWrite(JsonDocument.Parse(line.Data).RootElement);
        };
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors) _errors.AppendLine(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The lines that it reports, until its output ends.</summary>
    public ChannelReader<JsonElement> Lines => _lines.Reader;

    /// <summary>What it complained about so far.</summary>
    public string Errors
    {
        get
        {
            lock (_errors) return _errors.ToString();
        }
    }

    public static PeerProcess Start(Peer peer, string script, params string[] arguments)
    {
        if (Installation.WhyMissing(peer) is { } why) throw new InvalidOperationException($"{peer} is missing: {why}");
        var program = peer == Peer.GrpcJs ? "node" : Installation.Python;
        return new PeerProcess(Process.Start(new ProcessStartInfo(program, [Path.Combine(Installation.Scripts, script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        })!);
    }

    /// <summary>Gives it bytes on its standard input, and ends that.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> input)
    {
        await _process.StandardInput.BaseStream.WriteAsync(input);
        _process.StandardInput.Close();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
