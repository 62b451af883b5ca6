namespace Delegation.Reporting.Technical;

/// <summary>What the cells of a key add up to.</summary>
internal abstract record Sums
{
    /// <summary>A code for each dimension; of nothing but nulls for all together.</summary>
    public string[] Key { get; init; } = [];

    /// <summary>Whether it is all keys together.</summary>
    public bool IsTotal { get; init; }
}

/// <summary>Of benefits; money in cents.</summary>
internal sealed record BenefitSums : Sums
{
    public long Acts { get; init; }

    public long Expenses { get; init; }

    public long CompulsoryBase { get; init; }

    public long CompulsoryPaid { get; init; }

    public long Benefit { get; init; }

    public long OtherPaid { get; init; }

    public long OutOfPocket { get; init; }
}

/// <summary>Of premiums, in cents.</summary>
internal sealed record PremiumSums : Sums
{
    public long Called { get; init; }

    public long Collected { get; init; }

    public long Earned { get; init; }

    public long Tax { get; init; }
}

/// <summary>Of membership.</summary>
internal sealed record MemberSums : Sums
{
    public long ExposureDays { get; init; }

    /// <summary>Heads at the end of the last month.</summary>
    public long AtEnd { get; init; }

    public long Entries { get; init; }

    public long Exits { get; init; }
}
