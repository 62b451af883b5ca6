using System.Text;
using Delegation.Gateway.Rest.Calls;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Delegation.Gateway.Rest.Binding;

/// <summary>The two fields that HTTP has headers for: <c>Idempotency-Key</c> gives <c>request_id</c>, <c>If-Match</c> gives <c>etag</c>.</summary>
internal static class HeaderFields
{
    public const string IdempotencyKey = "Idempotency-Key";

    public static void Read(IHeaderDictionary headers, Routing.RestBinding binding, RequestBinder binder, Faults faults)
    {
        if (headers.TryGetValue(IdempotencyKey, out var keys))
        {
            if (Unquoted(keys) is not { } key)
                faults.Outside("request_id", "HEADER_MALFORMED", FaultTexts.KeyMalformed);
            else if (binding.RequestId is { } field)
                binder.Header(field, key);
            else if (!binding.IsRead)
                faults.Outside(IdempotencyKey, "HEADER_NOT_TAKEN", FaultTexts.HeaderNotTaken(IdempotencyKey));
        }

        // No field of a request; but two organisations, or one whose name cannot be sent on, must not become none.
        if (headers.TryGetValue(RestHeaders.Organization, out var organizations) && (organizations.Count != 1 || !Ascii.IsValid(organizations[0])))
            faults.Outside(RestHeaders.Organization, "HEADER_MALFORMED", FaultTexts.OrganizationMalformed);

        if (headers.TryGetValue(HeaderNames.IfMatch, out var etags))
        {
            // The service compares it as it is, quotes included.
            if (etags.Count != 1 || !EntityTagHeaderValue.TryParse(etags[0], out var etag) || etag.IsWeak || etag.Tag == "*")
                faults.Outside("etag", "HEADER_MALFORMED", FaultTexts.EtagNotStrong);
            else if (binding.RequestEtag is { } field)
                binder.Header(field, etag.Tag.Value!);
            else
                faults.Outside(HeaderNames.IfMatch, "HEADER_NOT_TAKEN", FaultTexts.HeaderNotTaken(HeaderNames.IfMatch));
        }
    }

    // A structured field by the draft (https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/), so in quotes; bare in practice.
    private static string? Unquoted(StringValues values)
    {
        if (values.Count != 1 || values[0] is not { Length: > 0 and <= 200 } text)
            return null;
        var bare = text.Length > 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;
        return bare.Contains('"', StringComparison.Ordinal) ? null : bare;
    }
}
