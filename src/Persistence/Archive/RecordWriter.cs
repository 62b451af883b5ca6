using System.Buffers;
using System.Text;
using System.Text.Json;
using Delegation.Archive.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.Persistence.Archive;

/// <summary>Sends the files of a record one after the other, in parts: no more than one part is in memory.</summary>
internal sealed class RecordWriter(IServerStreamWriter<RecordPart> answers, CancellationToken cancellationToken)
{
    private const int PartLength = 128 * 1024;

    private readonly ArrayBufferWriter<byte> _part = new(PartLength + 4096);
    private string _path = "";

    public async Task StartAsync(string path)
    {
        await FlushAsync();
        _path = path;
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        _part.Write(bytes.Span);
        if (_part.WrittenCount >= PartLength)
            await FlushAsync();
    }

    public Task WriteLineAsync(string line) => WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>A line of CSV (RFC 4180); null is an empty field, and an empty text is quoted.</summary>
    public Task WriteCsvAsync(IEnumerable<string?> fields) => WriteAsync(Encoding.UTF8.GetBytes(string.Join(',', fields.Select(Field)) + "\r\n"));

    public Task WriteJsonAsync<T>(T value) => WriteLineAsync(JsonSerializer.Serialize(value));

    /// <summary>Ends the record.</summary>
    public async Task EndAsync(RecordSummary summary)
    {
        await FlushAsync();
        await answers.WriteAsync(new RecordPart { Summary = summary }, cancellationToken);
    }

    private static string Field(string? field) => field switch
    {
        null => "",
        "" => "\"\"",
        _ when field.AsSpan().ContainsAny("\",\r\n") => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        _ => field,
    };

    // A file without bytes is told by its path alone.
    private async Task FlushAsync()
    {
        if (_path.Length == 0 && _part.WrittenCount == 0)
            return;

        var part = new RecordPart { Path = _path, Data = ByteString.CopyFrom(_part.WrittenSpan) };
        _path = "";
        _part.ResetWrittenCount();
        await answers.WriteAsync(part, cancellationToken);
    }
}
