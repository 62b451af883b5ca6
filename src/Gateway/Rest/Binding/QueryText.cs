using Delegation.Gateway.Rest.Routing;

namespace Delegation.Gateway.Rest.Binding;

/// <summary>Takes a query apart: names and values, decoded, in their order.</summary>
internal static class QueryText
{
    /// <param name="query">Without its question mark.</param>
    /// <param name="binder">Gets the parameters.</param>
    /// <param name="faults">Gets what cannot be decoded.</param>
    public static void Read(string query, RequestBinder binder, Faults faults)
    {
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = PathText.Decode(equals < 0 ? part : part[..equals], keepReserved: false, plusIsSpace: true);
            var value = equals < 0 ? "" : PathText.Decode(part[(equals + 1)..], keepReserved: false, plusIsSpace: true);
            if (name is null || value is null)
                faults.Outside(name ?? "", "QUERY_MALFORMED", FaultTexts.BadEscape);
            else
                binder.Parameter(name, value);
        }
    }
}
