using Delegation.ServiceDefaults.Errors;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Reporting;

/// <summary>The instant in a request as of which somebody asks what was known.</summary>
internal static class AsOf
{
    private static readonly FieldViolation Malformed = new(
        "as_of", "AS_OF_MALFORMED", new("This is not an instant.", "Ceci n'est pas un instant."),
        new("Give it in UTC, as in 2026-03-01T08:30:00Z.", "Indiquez-le en temps universel, par exemple 2026-03-01T08:30:00Z."));

    /// <summary>UTC; null when nothing is given, or with a violation (<c>AS_OF_MALFORMED</c>).</summary>
    public static DateTime? Read(Timestamp? instant, ICollection<FieldViolation> violations)
    {
        if (instant is null)
            return null;
        try
        {
            return instant.ToDateTime();
        }
        catch (InvalidOperationException)
        {
            violations.Add(Malformed);
            return null;
        }
    }
}
