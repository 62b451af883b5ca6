namespace Delegation.Portfolios;

/// <summary>A kind of operation.</summary>
/// <param name="Kind">As the platform names it.</param>
/// <param name="Yearly">How many a person causes in a year: an assumption.</param>
/// <param name="Delay">Days until it is closed, on average.</param>
internal readonly record struct OperationKind(string Kind, double Yearly, double Delay)
{
    public static readonly OperationKind[] All =
    [
        new("claim_noemie", 6, 0.8), new("claim_other", 1.5, 2.5), new("quote", 0.4, 1.2), new("hospital_cover", 0.08, 0.4), new("enrolment", 0.15, 3), new("card", 0.3, 2),
        new("provider_payment", 2, 3), new("call", 0.7, 0), new("email", 0.4, 1), new("letter", 0.2, 4), new("complaint", 0.01, 9), new("termination", 0.06, 8),
    ];
}

/// <summary>Operations of each day, as they stand at the end: what takes longer is open.</summary>
internal sealed class OperationFile(Portfolio portfolio) : PortfolioFile
{
    private readonly Chance _chance = new(portfolio.Plan.Seed, 7);
    private long _number;

    protected override string Header => "reference;kind;receive;complete;close;outcome;automated";

    protected override void WriteLines()
    {
        for (var day = portfolio.Plan.FirstDay; day <= portfolio.Plan.LastDay; day = day.AddDays(1))
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                foreach (var kind in OperationKind.All)
                    for (var times = _chance.Times(kind.Yearly / 260 * portfolio.Plan.People); times > 0; times--)
                        Write(kind, day);
    }

    private void Write(OperationKind kind, DateOnly received)
    {
        var reference = $"O{portfolio.Plan.Seed:000}{++_number:00000000}";
        var closed = received.AddDays(_chance.Days(kind.Delay));
        var isClosed = closed <= portfolio.Plan.LastDay;
        var defect = Plant(reference, wanted => wanted is Defect.ReferenceTwice || (wanted == Defect.CloseBeforeReceive && isClosed && received > portfolio.Plan.FirstDay));
        var minutes = 480 + _chance.Below(540);
        var outcome = _chance.Below(100) < 96 ? "processed" : "refused";
        var automated = kind.Kind == "claim_noemie" && _chance.Below(100) < 92 ? "yes" : "no";
        Line();
        if (defect == Defect.ReferenceTwice)
            Line();

        void Line()
        {
            Add(reference).Add(kind.Kind).Add($"{received:yyyy-MM-dd} {minutes / 60:00}:{minutes % 60:00}").Add("");
            if (isClosed)
                Add(defect == Defect.CloseBeforeReceive ? received.AddDays(-1) : closed).Add(outcome).Add(automated);
            else
                Add("").Add("").Add("");
            EndLine();
        }
    }
}

/// <summary>Samples of operations that were checked: three in a hundred are wrong.</summary>
internal sealed class QualityFile(Portfolio portfolio) : PortfolioFile
{
    private readonly Chance _chance = new(portfolio.Plan.Seed, 8);

    protected override string Header => "reference;check_day;operation_kind;operation_reference;erroneous;amount;deviation";

    protected override void WriteLines()
    {
        var number = 0;
        for (var month = 0; month < portfolio.Plan.Months; month++)
            for (var times = Math.Max(10, portfolio.Plan.People / 100); times > 0; times--)
            {
                var wrong = _chance.Below(100) < 3;
                var amount = 500L + _chance.Below(20_000);
                Add($"Z{portfolio.Plan.Seed:000}{++number:000000}").Add(portfolio.Plan.FirstDay.AddMonths(month).AddDays(_chance.Below(28))).Add(_chance.Of(OperationKind.All).Kind).Add("")
                    .Add(wrong ? "oui" : "non").AddMoney(amount).AddMoney(wrong ? (_chance.Below(2) == 0 ? amount / 10 : -amount / 10) : 0);
                EndLine();
            }
    }
}
