namespace Delegation.Portfolios;

/// <summary>Premiums: earned by heads and tariff, called ahead, mostly collected, with tax (taxe de solidarité additionnelle, 13,27 %).</summary>
internal sealed class PremiumFile(Portfolio portfolio) : PortfolioFile
{
    private const int TaxPerTenThousand = 1327;

    private readonly Chance _chance = new(portfolio.Plan.Seed, 2);

    protected override string Header => "reference;contract_reference;product;month;individual;college;called;collected;earned;tax;entry_day";

    protected override void WriteLines()
    {
        for (var month = 0; month < portfolio.Plan.Months; month++)
            foreach (var contract in portfolio.Contracts)
                foreach (var college in contract.Groups.GroupBy(group => group.College))
                    Write(contract, college.Key, month, college.Sum(group => group.Months[month].Heads));
    }

    private void Write(Contract contract, string college, int month, int heads)
    {
        var reference = $"Q{month:000}-{contract.Reference}-{college[0]}";
        var isInside = month > 0 && month < portfolio.Plan.Months - 1;
        var defect = Plant(reference, wanted => wanted is Defect.ReferenceTwice or Defect.PremiumTwice or Defect.AmountMalformed or Defect.ContractUnknown || (wanted == Defect.PeriodGap && isInside));
        var earned = heads * contract.Tariff;
        var collected = earned * (97 + _chance.Below(4)) / 100;
        if (defect == Defect.PeriodGap)
            return;

        Line(reference);
        if (defect == Defect.ReferenceTwice)
            Line(reference);
        else if (defect == Defect.PremiumTwice)
            Line(reference + "-2");

        void Line(string name)
        {
            var first = portfolio.Plan.FirstDay.AddMonths(month);
            Add(name).Add(defect == Defect.ContractUnknown ? "INCONNU-77777" : contract.Reference).Add(contract.Product).Add(first).Add(contract.IsIndividual ? "I" : "C").Add(college);
            if (defect == Defect.AmountMalformed)
                Add("12,3,4");
            else
                AddMoney(earned);
            AddMoney(collected).AddMoney(earned).AddMoney(earned * TaxPerTenThousand / 10_000).Add(first.AddDays(9));
            EndLine();
        }
    }
}
