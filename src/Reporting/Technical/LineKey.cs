namespace Delegation.Reporting.Technical;

/// <summary>Names a line of a table by its codes.</summary>
internal static class LineKey
{
    /// <summary>The codes with slashes between them; one in a code is written %2F.</summary>
    public static string Of(IEnumerable<string> codes) =>
        string.Join('/', codes.Select(code => code.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal)));
}
