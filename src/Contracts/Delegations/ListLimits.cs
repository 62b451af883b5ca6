using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Delegations;

/// <summary>How long a list in a request may be.</summary>
internal static class ListLimits
{
    public static void Check(string field, int count, int maximum, ICollection<FieldViolation> violations)
    {
        if (count > maximum)
            violations.Add(new FieldViolation(
                field,
                "TOO_MANY_ENTRIES",
                new($"The list has {count} entries; at most {maximum} are kept.", $"La liste comporte {count} éléments ; {maximum} au plus sont conservés."),
                new("Group what belongs together.", "Regroupez ce qui va ensemble.")));
    }
}
