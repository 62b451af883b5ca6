using System.Globalization;

namespace Delegation.Gateway.Rest.Binding;

/// <summary>Where in a request a value is; put into words only when something is wrong there.</summary>
/// <param name="Outer">The message or list around it; null for the request itself.</param>
/// <param name="Step">Its name there, or <c>[2]</c>, or <c>["key"]</c>.</param>
internal sealed record Place(Place? Outer, string Step)
{
    public static readonly Place Request = new(null, "");

    public static Place Element(Place list, int index) => new(list, string.Create(CultureInfo.InvariantCulture, $"[{index}]"));

    public static Place Entry(Place map, string key) => new(map, $"[\"{key}\"]");

    /// <summary>As the contract writes it: <c>clauses[2].title</c>.</summary>
    public override string ToString() =>
        Outer is null ? Step
        : Outer.ToString() is { Length: > 0 } around ? Step.StartsWith('[') ? $"{around}{Step}" : $"{around}.{Step}"
        : Step;

    public Place Field(string name) => new(this, name);
}
