namespace Delegation.Portfolios;

/// <summary>A portfolio, and the files that its delegate sends: each is made while it is written, and each time the same.</summary>
/// <param name="plan">How large it is.</param>
public sealed class Portfolio(PortfolioPlan plan)
{
    /// <summary>How large it is.</summary>
    public PortfolioPlan Plan { get; } = plan;

    /// <summary>The contracts.</summary>
    public IReadOnlyList<Contract> Contracts { get; } = Delegation.Portfolios.Contracts.Make(plan);

    /// <summary>Premiums, a line for each contract, college and month.</summary>
    /// <param name="to">Gets the file in UTF-8.</param>
    /// <param name="defects">What is planted in it, each once for each time that it is given.</param>
    /// <returns>What was planted, and where.</returns>
    public IReadOnlyList<PlantedDefect> WritePremiums(Stream to, params IEnumerable<Defect> defects) => new PremiumFile(this).Write(to, defects);

    /// <summary>Benefits, a line for each act: those that were paid from a day to another, or in all of its months.</summary>
    public IReadOnlyList<PlantedDefect> WriteBenefits(Stream to, (DateOnly From, DateOnly To)? paid = null, params IEnumerable<Defect> defects) =>
        new BenefitFile(this, paid ?? (Plan.FirstDay, Plan.LastDay)).Write(to, defects);

    /// <summary>Who is covered, a line for each group and month.</summary>
    public void WriteMembership(Stream to) => new MembershipFile(this).Write(to, []);

    /// <summary>Links to the compulsory scheme at the end of each month.</summary>
    public void WriteNoemieLinks(Stream to) => new LinkFile(this).Write(to, []);

    /// <summary>Links that the compulsory scheme rejected.</summary>
    public void WriteNoemieRejections(Stream to) => new LinkRejectionFile(this).Write(to, []);

    /// <summary>The accounting days of the compulsory schemes.</summary>
    public void WriteAccountingDays(Stream to) => new AccountingDayFile(this).Write(to, []);

    /// <summary>Management operations, as they stand at the end.</summary>
    public IReadOnlyList<PlantedDefect> WriteOperations(Stream to, params IEnumerable<Defect> defects) => new OperationFile(this).Write(to, defects);

    /// <summary>Samples of operations that were checked.</summary>
    public void WriteQualitySamples(Stream to) => new QualityFile(this).Write(to, []);
}
