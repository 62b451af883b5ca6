using System.Globalization;
using System.Text;

namespace Delegation.Gateway.Tests.Rest;

/// <summary>Requests as a careless or hostile caller sends them: the bytes, by a seed.</summary>
internal sealed class MalformedRequests(int seed)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "get", "PROPFIND", "G E T"];

    private static readonly string[] Paths =
    [
        "/v1/wide", "/v1/wide/x", "/v1/wide/x:act", "/v1/wide/x:inner", "/v1/wide/x/many", "/v1/wide/x/number", "/v1/wide/x/labels", "/v1/wide/rooms/1/of/2",
        "/v1/everything/a/b", "/v1/files/x", "/v1/small-files/x", "/v1/bytes", "/v1/messages/x:watch", "/", "*", "http://a/v1/wide", "/delegation.probe.v1.Probe/Unary",
    ];

    private static readonly string[] Scraps =
    [
        "%", "%2", "%zz", "%00", "%FF", "%C3%28", "%ED%A0%80", "%2F", "..", "/../", "//", ":", "::", "?", "&", "=", "#", "[", "]", "{", "}", "\\", "\"", "'", "<", ">",
        "+", ";", ",", "\0", "é", "\t", "a", "0", "-1", "1e999", "null", "true", "text", "number", "inner.inner.depth", "labels", "many", "at", "colour", "99999999999999999999",
    ];

    private static readonly string[] Json =
    [
        "{", "}", "[", "]", ":", ",", "\"", "\"text\"", "\"number\"", "\"inner\"", "\"many\"", "\"labels\"", "\"at\"", "\"value\"", "\"colour\"", "\"data\"", "\"object\"",
        "\"maybeBig\"", "\"mask\"", "\"lasts\"", "\"@type\"", "\"\\ud800\"", "\"\\x\"", "1", "-1", "1.5", "1e999", "NaN", "null", "true", "\"x\"", "\"2026-01-01T00:00:00Z\"", " ", "\n", "\u0001",
    ];

    private static readonly string[] Types =
        ["application/json", "application/json", "application/json", "text/plain", "application/json; charset=utf-16", "application/grpc", "multipart/form-data", "x", "", "a/b;;=", "*/*"];

    private static readonly string[] Headers =
    [
        "If-Match: *", "If-Match: W/\"a\"", "If-Match: \"a", "If-None-Match: ,,,", "Idempotency-Key: \"", "Idempotency-Key: ", "X-Organization: \u00e9", "X-Organization: x",
        "Accept: nonsense", "Accept: text/event-stream;q=2", "Accept-Language: ;;;", "Accept-Language: fr;q=x", "Authorization: Bearer", "Authorization: Bearer a.b.c", "Authorization: Basic x",
        "Content-Encoding: gzip", "grpc-timeout: 0n", "TE: trailers", "Expect: 100-continue", "Expect: nonsense", "Content-Length: -1", "Transfer-Encoding: nonsense", "Bad Header: x", "NoColon",
        "traceparent: 00-zz-zz-zz", "Range: bytes=0-", "Connection: close, x", "Upgrade: h2c", "X-Forwarded-For: ,", "Cookie: \u0001", "Accept-Language: \u00e9", "User-Agent: \u00e9", "Idempotency-Key: \u00e9", "baggage: \u00e9", "tracestate: \u00e9",
    ];

    private readonly Random _random = new(seed);

    /// <param name="authorization">A header that lets some requests in; null when nobody asks for one.</param>
    /// <returns>The bytes, and whether their sender hangs up after them, in the middle of what it announced.</returns>
    public (byte[] Bytes, bool HangsUp) Next(string? authorization)
    {
        var body = Body();
        var hangsUp = _random.Next(20) == 0;
        var text = new StringBuilder();
        text.Append(OneOf(Methods[..3], Methods)).Append(' ').Append(Target()).Append(" HTTP/1.1\r\nHost: x\r\n");
        if (authorization is not null && _random.Next(10) > 0)
            text.Append("Authorization: ").Append(_random.Next(3) == 0 ? Broken(authorization) : authorization).Append("\r\n");
        if (_random.Next(5) > 0)
            text.Append("Content-Type: ").Append(OneOf(Types)).Append("\r\n");
        for (var i = _random.Next(4); i > 1; i--)
            text.Append(OneOf(Headers)).Append("\r\n");
        text.Append("Content-Length: ").Append((body.Length + (hangsUp ? 10 : 0)).ToString(CultureInfo.InvariantCulture)).Append("\r\nConnection: close\r\n\r\n");
        return ([.. Encoding.UTF8.GetBytes(text.ToString()), .. body], hangsUp);
    }

    private string Target()
    {
        var target = new StringBuilder(OneOf(Paths));
        for (var i = _random.Next(4); i > 2; i--)
            target.Insert(_random.Next(target.Length + 1), OneOf(Scraps));
        if (_random.Next(2) == 0)
        {
            target.Append('?');
            for (var i = _random.Next(8); i > 0; i--)
                target.Append(OneOf(Scraps)).Append(OneOf("&", "=", "."));
        }

        return target.ToString();
    }

    private byte[] Body()
    {
        var json = new StringBuilder();
        switch (_random.Next(6))
        {
            case 0:
                return [];
            case 1:
                var bytes = new byte[_random.Next(200)];
                _random.NextBytes(bytes);
                return bytes;
            case 2:
                json.Append(OneOf("[", "{\"inner\":", "{\"value\":[")).Insert(0, string.Concat(Enumerable.Repeat("{\"inner\":", _random.Next(300))));
                break;
            default:
                json.Append('{');
                for (var i = _random.Next(12); i > 0; i--)
                    json.Append(OneOf(Json)).Append(_random.Next(2) == 0 ? ":" : "");
                json.Append('}');
                break;
        }

        return Encoding.UTF8.GetBytes(json.ToString());
    }

    private string Broken(string text)
    {
        var at = _random.Next(text.Length);
        return text[..at] + OneOf("", "x", " ", "..", "=") + text[Math.Min(text.Length, at + _random.Next(3))..];
    }

    private string OneOf(params string[] choices) => choices[_random.Next(choices.Length)];

    private string OneOf(string[] usual, string[] rare) => _random.Next(4) > 0 ? OneOf(usual) : OneOf(rare);
}
