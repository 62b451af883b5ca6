using System.Text.Json;

namespace Delegation.Persistence.Stored;

/// <summary>The names under which databases keep the values of enums of the contract: <c>PartlySigned</c> is <c>partly_signed</c>.</summary>
public static class StoredNames
{
    /// <summary>The name of a value.</summary>
    public static string Stored<T>(this T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>The name of a value that a caller sent; null where it <see cref="IsKnown"/> not.</summary>
    public static string? StoredIfKnown<T>(this T value)
        where T : struct, Enum => IsKnown(value) ? value.Stored() : null;

    /// <summary>The value of a name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static T Read<T>(string stored)
        where T : struct, Enum => Enum.Parse<T>(stored.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    /// <summary>False for unspecified, and for a number that stands for no value: enums of proto3 are open.</summary>
    public static bool IsKnown<T>(T value)
        where T : struct, Enum => Enum.IsDefined(value) && !value.Equals(default(T));
}
