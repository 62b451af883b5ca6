namespace Delegation.Gateway.Tests.OpenApi;

/// <summary>What callers lose between two versions of the contract. Adding is free; what was said once stays.</summary>
internal static class BreakingChanges
{
    public static IEnumerable<string> Between(Surface kept, Surface now) =>
        from promise in kept.Promises
        let holder = promise.Key.Holder
        // Of a message that is gone, its fields need not be named too.
        where promise.Key.Key.Length == 0 || now.Promises.ContainsKey((holder, ""))
        let change = Change(holder, promise.Key.Key, promise.Value, now)
        where change is not null
        select $"{holder}: {change}";

    private static string? Change(string holder, string key, string value, Surface now)
    {
        if (now.Promises.TryGetValue((holder, key), out var present))
            return present == value ? null : $"{Noun(holder, key)} was '{value}' and is '{present}'.";
        if (key.Length == 0)
            return "is gone.";
        if (key.StartsWith("reserved ", StringComparison.Ordinal))
            return $"does not reserve {key.Split(' ')[1]} any more, so that somebody can use it in another sense.";
        if (!char.IsDigit(key.TrimStart('-')[0]))
            return $"{Noun(holder, key)} is gone.";

        var name = value.Split(' ')[0];
        return now.Promises.ContainsKey((holder, $"reserved {key}")) && now.Promises.ContainsKey((holder, $"reserved {name}"))
            ? null
            : $"{Noun(holder, key)} '{name}' is gone; reserve its number and its name.";
    }

    private static string Noun(string holder, string key) => (holder.Split(' ')[0], key.Split(' ')[0]) switch
    {
        ("message", _) => $"field {key}",
        ("enum", _) => $"value {key}",
        _ => key,
    };
}
