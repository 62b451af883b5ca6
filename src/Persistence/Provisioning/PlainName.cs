using System.Text.RegularExpressions;

namespace Delegation.Persistence.Provisioning;

/// <summary>A name that needs no quoting in SQL, whatever stands around it: DDL takes no parameters.</summary>
internal static partial class PlainName
{
    public static string Checked(string name, int maximumLength) => name.Length <= maximumLength && Form().IsMatch(name)
        ? name
        : throw new ArgumentException($"'{name}' cannot name a database or role: use lowercase letters, digits and underscores, at most {maximumLength}.", nameof(name));

    [GeneratedRegex(@"^[a-z][a-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
