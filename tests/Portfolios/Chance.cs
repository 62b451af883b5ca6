namespace Delegation.Portfolios;

/// <summary>Chance that is the same each time.</summary>
internal sealed class Chance(int seed, int stream)
{
    // With a seed its sequence is fixed, in this and later versions of the runtime.
    private readonly Random _random = new(unchecked((seed * 7919) + stream));

    public int Below(int end) => _random.Next(end);

    public double Share() => _random.NextDouble();

    public T Of<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    /// <summary>How often something happens that happens so often on average (Poisson).</summary>
    public int Times(double mean)
    {
        if (mean > 30)
            return Math.Max(0, (int)Math.Round(mean + (Math.Sqrt(mean) * Normal())));

        var (limit, times) = (Math.Exp(-mean), 0);
        for (var product = _random.NextDouble(); product > limit; product *= _random.NextDouble())
            times++;
        return times;
    }

    /// <summary>Days until something is done, most soon and some late.</summary>
    public int Days(double mean) => (int)(-mean * Math.Log(1 - _random.NextDouble()));

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
