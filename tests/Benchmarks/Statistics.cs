using System.Globalization;

namespace Delegation.Benchmarks;

/// <summary>Several measurements of one thing. The median, because a disturbance on a shared machine is always to one side.</summary>
internal sealed class Statistics(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    public double Median => _sorted.Length % 2 == 1 ? _sorted[_sorted.Length / 2] : (_sorted[_sorted.Length / 2 - 1] + _sorted[_sorted.Length / 2]) / 2;

    /// <summary>The value below which that share of the measurements is.</summary>
    public double Percentile(double share) => _sorted[(int)Math.Ceiling(share * _sorted.Length) - 1];

    /// <summary>Median and, in brackets, the least and the greatest.</summary>
    public string Text(string format) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Median.ToString(format, CultureInfo.InvariantCulture)} ({_sorted[0].ToString(format, CultureInfo.InvariantCulture)}–{_sorted[^1].ToString(format, CultureInfo.InvariantCulture)})");
}
