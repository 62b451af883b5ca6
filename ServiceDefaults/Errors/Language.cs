using Microsoft.Net.Http.Headers;

namespace Delegation.ServiceDefaults.Errors;

/// <summary>Which of our two languages a caller reads.</summary>
public static class Language
{
    /// <summary>
    /// The first of <c>fr</c> and <c>en</c> in the caller's order of preference (https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4);
    /// English when the header is missing, unreadable or names neither.
    /// </summary>
    public static string Of(string? acceptLanguage)
    {
        if (string.IsNullOrEmpty(acceptLanguage) || !StringWithQualityHeaderValue.TryParseList([acceptLanguage], out var accepted))
            return "en";
        return accepted
            .Where(range => range.Quality is null or > 0)
            .OrderByDescending(range => range.Quality ?? 1)
            .Select(range => range.Value.Value!.Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(tag => tag is "fr" or "en", "en");
    }
}
