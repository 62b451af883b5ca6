namespace Aspire.Hosting.ApplicationModel;

/// <summary>The shape of resource and endpoint names: they end up in environment variables, host names and file names.</summary>
internal static class ModelName
{
    private const int MaxLength = 64;

    public static void Validate(string kind, string name)
    {
        ArgumentNullException.ThrowIfNull(name);

        var problem = name switch
        {
            { Length: 0 or > MaxLength } => $"must be between 1 and {MaxLength} characters long",
            _ when !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') => "must contain only ASCII letters, digits, and hyphens",
            _ when name.Contains("--", StringComparison.Ordinal) => "cannot contain consecutive hyphens",
            _ when !char.IsAsciiLetter(name[0]) => "must start with an ASCII letter",
            _ when name[^1] == '-' => "cannot end with a hyphen",
            _ => null,
        };

        if (problem is not null)
        {
            throw new ArgumentException($"{kind} name '{name}' is invalid. Name {problem}.", nameof(name));
        }
    }
}
