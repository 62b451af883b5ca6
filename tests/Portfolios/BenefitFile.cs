namespace Delegation.Portfolios;

/// <summary>Benefits by act, in the order of care; most are paid within weeks, some in the next year, and a few are taken back.</summary>
internal sealed class BenefitFile(Portfolio portfolio, (DateOnly From, DateOnly To) paid) : PortfolioFile
{
    private const double MeanDelay = 18;
    private const int OneOfThousandTakenBack = 4;

    // Made up: nobody's, with right check digits.
    private const string Nir = "255081416802538";

    private readonly Chance _chance = new(portfolio.Plan.Seed, 3);
    private long _number;

    protected override string Header =>
        "reference;contract_reference;product;category;act;basket;care_day;payment_day;beneficiary_kind;age_band;sex;region;individual;college;level;acts;"
        + "expenses;compulsory_base;compulsory_paid;benefit;other_paid;out_of_pocket";

    protected override void WriteLines()
    {
        Column = Nir;
        for (var month = 0; month < portfolio.Plan.Months; month++)
            foreach (var contract in portfolio.Contracts)
                foreach (var group in contract.Groups)
                    foreach (var act in Act.All)
                        for (var times = _chance.Times(act.Yearly / 12 * group.Months[month].Heads); times > 0; times--)
                            Write(contract, group, act, month);
    }

    private void Write(Contract contract, CoveredGroup group, Act act, int month)
    {
        var care = portfolio.Plan.FirstDay.AddMonths(month).AddDays(_chance.Below(28));
        var payment = care.AddDays(1 + _chance.Days(MeanDelay));
        var expense = act.Expense * (long)(70 + _chance.Below(61)) / 100;
        var takenBack = _chance.Below(1000) < OneOfThousandTakenBack;
        var number = ++_number;
        if (payment < paid.From || payment > paid.To)
            return;

        var reference = $"P{portfolio.Plan.Seed:000}{number:0000000000}";
        var (counted, compulsory, benefit) = act.Pay(expense);
        var defect = takenBack ? null : Plant(reference, wanted => wanted is not (Defect.PremiumTwice or Defect.PeriodGap or Defect.CloseBeforeReceive) && (wanted != Defect.ClassARemainder || act.Basket == "class_a"));
        if (defect == Defect.ClassARemainder)
            benefit -= Math.Min(benefit, 500);
        else if (defect == Defect.OutOfPocketNegative)
            benefit = expense - compulsory + 700;
        var sign = takenBack ? -1 : 1;

        Line();
        if (defect == Defect.ReferenceTwice)
            Line();

        void Line()
        {
            Add(reference).Add(defect == Defect.ContractUnknown ? "INCONNU-77777" : contract.Reference).Add(contract.Product).Add(defect == Defect.CategoryUnknown ? "voyages" : act.Category)
                .Add(act.Code).Add(act.Basket).Add(defect == Defect.CareAfterPayment ? payment.AddDays(3) : care).Add(payment).Add(group.Kind).Add(group.Age).Add(group.Sex).Add(group.Region)
                .Add(contract.IsIndividual ? "I" : "C").Add(group.College).Add(contract.Level).Add(sign);
            if (defect == Defect.AmountMalformed)
                Add("1O,50");
            else
                AddMoney(sign * expense);
            AddMoney(sign * counted).AddMoney(sign * compulsory).AddMoney(sign * benefit).AddMoney(0).AddMoney(sign * (expense - compulsory - benefit));
            EndLine();
        }
    }
}
