namespace Delegation.Interop.Tests;

/// <summary>The rows of the theories: every case on every route.</summary>
internal static class Rows
{
    public static TheoryData<Route, string> Of(IEnumerable<string> cases)
    {
        var rows = new TheoryData<Route, string>();
        foreach (var name in cases)
        {
            foreach (var route in Enum.GetValues<Route>()) rows.Add(route, name);
        }

        return rows;
    }
}
