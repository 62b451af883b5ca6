namespace Delegation.ServiceDefaults.Fields;

/// <summary>The reason of a violation, from the last name in the path of its field: <c>owner.person_id</c> gives <c>PERSON_ID_MALFORMED</c>.</summary>
internal static class FieldReason
{
    public static string Of(string field, string what) => $"{field[(field.LastIndexOf('.') + 1)..].ToUpperInvariant()}_{what}";
}
