namespace Delegation.Reporting.Technical;

/// <summary>
/// What is still to be paid for care that was given, by chain ladder: what was paid for a month grows from each month after it to the next as it did, by
/// volume, for all earlier months. No tail is added beyond the oldest month. As in T. Mack, Distribution-free calculation of the standard error of chain
/// ladder reserve estimates, ASTIN Bulletin 23 (1993).
/// </summary>
internal static class ChainLadder
{
    /// <summary>The factor from each month after care to the next; null where nothing was paid by which to tell.</summary>
    /// <param name="cumulative">What was paid until each month after care, the oldest month first, each a month shorter than the one before.</param>
    public static IReadOnlyList<decimal?> Factors(IReadOnlyList<IReadOnlyList<long>> cumulative)
    {
        var factors = new decimal?[Math.Max(0, cumulative.Count - 1)];
        for (var month = 0; month < factors.Length; month++)
        {
            var known = cumulative.Where(paid => paid.Count > month + 1).ToArray();
            var (before, after) = (known.Sum(paid => (decimal)paid[month]), known.Sum(paid => (decimal)paid[month + 1]));
            factors[month] = before == 0 ? null : after / before;
        }

        return factors;
    }

    /// <summary>What is still to be paid for each month, rounded once, half away from zero; a factor that cannot be told changes nothing.</summary>
    public static IReadOnlyList<long> Outstanding(IReadOnlyList<IReadOnlyList<long>> cumulative)
    {
        var factors = Factors(cumulative);
        return [.. cumulative.Select(paid =>
        {
            if (paid.Count == 0)
                return 0;

            var ultimate = factors.Skip(paid.Count - 1).Aggregate((decimal)paid[^1], (sum, factor) => sum * (factor ?? 1));
            return (long)Math.Round(ultimate - paid[^1], MidpointRounding.AwayFromZero);
        })];
    }
}
