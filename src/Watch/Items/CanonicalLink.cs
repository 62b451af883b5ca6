namespace Delegation.Watch.Items;

/// <summary>An address without what does not change where it leads: scheme, www, fragment, what counts clicks.</summary>
internal static class CanonicalLink
{
    private static readonly string[] Counting = ["utm_", "at_", "xtor", "fbclid", "gclid", "mc_cid", "mc_eid", "mtm_", "pk_", "rss", "source", "ref", "origine"];

    /// <summary>The same for all addresses of one page; null for the front page of a site, and for what is no address.</summary>
    public static string? Of(string link)
    {
        if (!Uri.TryCreate(link, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return null;

        var host = address.IdnHost.ToLowerInvariant();
        foreach (var prefix in new[] { "www.", "m." })
            if (host.StartsWith(prefix, StringComparison.Ordinal))
                host = host[prefix.Length..];

        var path = address.AbsolutePath.TrimEnd('/');
        path = path.EndsWith("/amp", StringComparison.Ordinal) ? path[..^4] : path;
        var query = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => !IsCounting(part)).Order(StringComparer.Ordinal).ToArray();
        return path.Length == 0 && query.Length == 0 ? null : $"{host}{path}{(query.Length == 0 ? "" : $"?{string.Join('&', query)}")}";
    }

    // Those that end in an underscore stand for all names that begin so.
    private static bool IsCounting(string part)
    {
        var name = part.Split('=')[0].ToLowerInvariant();
        return Counting.Any(counting => counting.EndsWith('_') ? name.StartsWith(counting, StringComparison.Ordinal) : name == counting);
    }
}
