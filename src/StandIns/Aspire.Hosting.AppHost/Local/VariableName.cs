namespace Aspire.Hosting.Local;

/// <summary>Makes a name usable in an environment variable.</summary>
internal static class VariableName
{
    public static string Of(string name)
    {
        var safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'));
        return safe.Length > 0 && char.IsAsciiDigit(safe[0]) ? "_" + safe : safe;
    }
}
