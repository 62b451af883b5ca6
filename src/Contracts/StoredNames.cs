using System.Text.Json;

namespace Delegation.Contracts;

/// <summary>The names under which the database keeps the values of enums of the contract: <c>PartlySigned</c> is <c>partly_signed</c>.</summary>
internal static class StoredNames
{
    public static string Stored<T>(this T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static T Read<T>(string stored)
        where T : struct, Enum => Enum.Parse<T>(stored.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
