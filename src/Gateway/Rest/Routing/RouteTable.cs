using System.Collections.Frozen;

namespace Delegation.Gateway.Rest.Routing;

/// <summary>What is found at a path.</summary>
internal abstract record RouteResult
{
    private RouteResult()
    {
    }

    /// <param name="Binding">The binding that answers.</param>
    /// <param name="Values">The raw text of each path variable.</param>
    internal sealed record Found(RestBinding Binding, IReadOnlyList<string> Values) : RouteResult;

    /// <param name="Allowed">The HTTP methods that the path has.</param>
    internal sealed record WrongMethod(IReadOnlyList<string> Allowed) : RouteResult;

    internal sealed record Nothing : RouteResult;
}

/// <summary>
/// Finds the binding of a request by its raw path. At each segment a literal goes before <c>*</c>, which goes before <c>**</c>. A path segment is never
/// empty, literals are compared as they are sent, and a colon in the last segment always starts a verb: a value that has one writes <c>%3A</c>.
/// </summary>
internal sealed class RouteTable
{
    private readonly FrozenDictionary<string, RestBinding[]> _byVerb;

    /// <exception cref="InvalidOperationException">Two bindings take the same requests.</exception>
    public RouteTable(IEnumerable<RestBinding> bindings)
    {
        var all = bindings.ToArray();
        if (all.GroupBy(Requests, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } clash)
            throw new InvalidOperationException($"{string.Join(" and ", clash.Select(binding => binding.Method.FullName))} take the same requests: {clash.Key}.");
        _byVerb = all.GroupBy(binding => binding.Template.Verb ?? "", StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.OrderBy(Order, StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
    }

    /// <param name="httpMethod">As it was sent; HEAD is taken for GET.</param>
    /// <param name="rawPath">As it was sent, without the query.</param>
    public RouteResult Find(string httpMethod, string rawPath)
    {
        if (!rawPath.StartsWith('/'))
            return new RouteResult.Nothing();
        var colon = rawPath.LastIndexOf(':');
        var hasVerb = colon > rawPath.LastIndexOf('/');
        var segments = (hasVerb ? rawPath[1..colon] : rawPath[1..]).Split('/');
        var verb = hasVerb ? rawPath[(colon + 1)..] : "";
        if ((hasVerb && verb.Length == 0) || !_byVerb.TryGetValue(verb, out var candidates) || segments.Contains(""))
            return new RouteResult.Nothing();

        var wanted = httpMethod == HttpMethods.Head ? HttpMethods.Get : httpMethod;
        SortedSet<string>? allowed = null;
        foreach (var candidate in candidates)
        {
            if (candidate.Template.Match(segments) is not { } values)
                continue;
            if (candidate.HttpMethod == wanted)
                return new RouteResult.Found(candidate, values);
            (allowed ??= new(StringComparer.Ordinal)).Add(candidate.HttpMethod);
        }

        return allowed is null ? new RouteResult.Nothing() : new RouteResult.WrongMethod([.. allowed]);
    }

    private static string Requests(RestBinding binding) =>
        $"{binding.HttpMethod} /{string.Join('/', binding.Template.Segments.Select(segment => segment.Text))}{(binding.Template.Verb is { } verb ? $":{verb}" : "")}";

    // '0' literal, '1' one, '2' any, '3' the end: of two that fit, the one with more said about the path comes first.
    private static string Order(RestBinding binding) =>
        string.Concat(binding.Template.Segments.Select(segment => (char)('0' + (int)segment.Kind)).Append('3'));
}
