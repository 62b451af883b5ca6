namespace Delegation.Gateway.Tests.Rest.Routing;

/// <summary>The lines of a data file beside a test, without comments and empty lines.</summary>
internal static class DataLines
{
    public static IReadOnlyList<string> Of(string file)
    {
        using var stream = typeof(DataLines).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Trim().Length > 0 && !line.StartsWith('#'))];
    }
}
