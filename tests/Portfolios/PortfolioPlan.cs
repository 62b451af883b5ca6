namespace Delegation.Portfolios;

/// <summary>How large a portfolio is, and when.</summary>
public sealed record PortfolioPlan
{
    /// <summary>The same seed makes the same files, byte by byte.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many contracts.</summary>
    public int Contracts { get; init; } = 20;

    /// <summary>How many people are covered at the start.</summary>
    public int People { get; init; } = 2_000;

    /// <summary>The first month, by any of its days.</summary>
    public DateOnly FirstMonth { get; init; } = new(2025, 1, 1);

    /// <summary>How many months.</summary>
    public int Months { get; init; } = 12;

    /// <summary>The first day.</summary>
    public DateOnly FirstDay => new(FirstMonth.Year, FirstMonth.Month, 1);

    /// <summary>The last day: what is paid or closed later is in no file.</summary>
    public DateOnly LastDay => FirstDay.AddMonths(Months).AddDays(-1);

    /// <summary>A plan with about so many lines of benefits.</summary>
    public static PortfolioPlan OfBenefitLines(int lines, int seed = 1, int months = 12)
    {
        var people = Math.Max(50, (int)(lines / (Act.All.Sum(act => act.Yearly) * months / 12)));
        return new PortfolioPlan { Seed = seed, Months = months, People = people, Contracts = Math.Clamp(people / 100, 2, 2_000) };
    }
}
