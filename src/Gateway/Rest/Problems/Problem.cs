using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Delegation.Gateway.Rest.Problems;

/// <summary>An error answer over REST: https://www.rfc-editor.org/rfc/rfc9457 , with a reason for programs and the fields that are wrong.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">Stable and UPPER_SNAKE_CASE.</param>
/// <param name="Title">What is wrong, in one sentence; the same for every error with this reason.</param>
/// <param name="Language">The language of the texts.</param>
/// <param name="TraceId">Which request it was, for the people who look into it.</param>
/// <param name="Errors">Each thing that is wrong, if they can be told apart.</param>
internal sealed record Problem(int Status, string Reason, string Title, string Language, string? TraceId, params IReadOnlyList<ProblemError> Errors)
{
    public const string ContentType = "application/problem+json";

    // French is full of letters that need no escape in UTF-8.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void WriteJson(IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("type", $"urn:delegation:problem:{Reason}");
        json.WriteString("title", Title);
        json.WriteNumber("status", Status);
        if (Errors.Count > 0)
            json.WriteString("detail", string.Join(' ', Errors.Select(error => error.Message)));
        json.WriteString("reason", Reason);
        json.WriteStartArray("errors");
        foreach (var error in Errors)
            error.WriteTo(json);
        json.WriteEndArray();
        if (TraceId is not null)
            json.WriteString("traceId", TraceId);
        json.WriteEndObject();
    }
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Field">The field, header or object, as the contract writes it: <c>clauses[2].title</c>.</param>
/// <param name="Pointer">Where it is in the body, a JSON pointer; null when it is not there.</param>
/// <param name="Reason">Stable and UPPER_SNAKE_CASE.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record ProblemError(string Field, string? Pointer, string Reason, string Message)
{
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("field", Field);
        if (Pointer is not null)
            json.WriteString("pointer", Pointer);
        json.WriteString("reason", Reason);
        json.WriteString("message", Message);
        json.WriteEndObject();
    }
}
