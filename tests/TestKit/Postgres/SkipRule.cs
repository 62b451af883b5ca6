namespace Delegation.TestKit;

/// <summary>
/// A test whose server is missing is skipped at home; where <c>CI=true</c> it runs and fails, since there nobody reads what was
/// skipped.
/// </summary>
internal static class SkipRule
{
    /// <summary>The reason to skip, null to run.</summary>
    public static string? For(string server, string? whyNone) => For(server, whyNone, Environment.GetEnvironmentVariable("CI"));

    internal static string? For(string server, string? whyNone, string? ci) =>
        whyNone is not null && !string.Equals(ci, "true", StringComparison.OrdinalIgnoreCase) ? $"No {server}: {whyNone}" : null;
}
