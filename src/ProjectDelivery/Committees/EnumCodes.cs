using System.Reflection;
using Google.Protobuf.Reflection;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>The code under which the database keeps a value of an enum of the contract: its name there in lower case, as <c>half_yearly</c>.</summary>
internal static class EnumCodes<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Codes = typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (Value: (T)field.GetValue(null)!, field.GetCustomAttribute<OriginalNameAttribute>()!.Name))
        .Where(entry => Convert.ToInt32(entry.Value, System.Globalization.CultureInfo.InvariantCulture) != 0)
        .ToDictionary(entry => entry.Value, entry => entry.Name.ToLowerInvariant());

    private static readonly Dictionary<string, T> Values = Codes.ToDictionary(entry => entry.Value, entry => entry.Key);

    /// <summary>False for unspecified, and for a number that stands for no value: enums of proto3 are open.</summary>
    public static bool IsKnown(T value) => Codes.ContainsKey(value);

    public static string Of(T value) => Codes[value];

    public static T Parse(string code) => Values[code];
}
