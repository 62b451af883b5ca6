namespace Delegation.Gateway;

internal static class Language
{
    public static string Of(string? acceptLanguage) =>
        acceptLanguage?.StartsWith("fr", StringComparison.OrdinalIgnoreCase) == true ? "fr" : "en";
}
