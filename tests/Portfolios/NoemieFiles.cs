namespace Delegation.Portfolios;

/// <summary>Links to the compulsory scheme, with the headers that files of the trade have.</summary>
internal sealed class LinkFile(Portfolio portfolio) : PortfolioFile
{
    private readonly Chance _chance = new(portfolio.Plan.Seed, 4);

    protected override string Header => "dateObservation;contratRef;offre;typeContrat;actifs;nonActifs;nonNoemisables";

    protected override void WriteLines()
    {
        for (var month = 0; month < portfolio.Plan.Months; month++)
            foreach (var contract in portfolio.Contracts)
            {
                var heads = contract.Groups.Sum(group => group.Months[month].Heads);
                var never = Math.Min(heads, _chance.Times(heads * 0.02));
                var inactive = Math.Min(heads - never, _chance.Times(heads * 0.06));
                Add(portfolio.Plan.FirstDay.AddMonths(month + 1).AddDays(-1)).Add(contract.Reference).Add(contract.Product).Add(contract.IsIndividual ? "I" : "C")
                    .Add(heads - never - inactive).Add(inactive).Add(never);
                EndLine();
            }
    }
}

/// <summary>Links that the compulsory scheme rejected, some each week, and those that it acknowledged with them.</summary>
internal sealed class LinkRejectionFile(Portfolio portfolio) : PortfolioFile
{
    private static readonly (string Code, string Label)[] Reasons = [("01", "Assuré inconnu de la caisse"), ("07", "Rang bénéficiaire"), ("12", "Chevauchement avec un autre organisme"), ("20", "Caisse gestionnaire modifiée")];

    private readonly Chance _chance = new(portfolio.Plan.Seed, 5);

    protected override string Header => "dateReception;typeFlux;contratRef;codeMotif;libelle;nb;nbTraites;ageMoyenJours;nbAcquittes;delaiCureJours";

    protected override void WriteLines()
    {
        for (var day = portfolio.Plan.FirstDay; day <= portfolio.Plan.LastDay; day = day.AddDays(7))
            foreach (var contract in portfolio.Contracts)
            {
                var rejections = _chance.Times(contract.Groups.Sum(group => group.Months[0].Heads) * 0.002);
                if (rejections == 0)
                    continue;

                var (code, label) = _chance.Of(Reasons);
                var treated = _chance.Below(rejections + 1);
                Add(day).Add("408").Add(contract.Reference).Add(code).Add(label).Add(rejections).Add(treated).Add($"{_chance.Below(40)},{_chance.Below(10)}")
                    .Add(_chance.Times(rejections * 9)).Add(treated == 0 ? "" : $"{_chance.Below(20)},{_chance.Below(10)}");
                EndLine();
            }
    }
}

/// <summary>Accounting days of a few funds of the compulsory schemes; one in fifty does not come.</summary>
internal sealed class AccountingDayFile(Portfolio portfolio) : PortfolioFile
{
    private static readonly (string Scheme, string Centre)[] Funds = [("01", "751"), ("01", "691"), ("01", "131"), ("02", "752")];

    private readonly Chance _chance = new(portfolio.Plan.Seed, 6);

    protected override string Header => "regime;centre;dateComptable;recu;nbDecomptes;montantRC";

    protected override void WriteLines()
    {
        for (var day = portfolio.Plan.FirstDay; day <= portfolio.Plan.LastDay; day = day.AddDays(1))
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                foreach (var (scheme, centre) in Funds)
                {
                    var received = _chance.Below(50) > 0;
                    var statements = received ? _chance.Times(portfolio.Plan.People * 0.02) : 0;
                    Add(scheme).Add(centre).Add(day).Add(received ? "1" : "0").Add(statements).AddMoney(statements * 1_734L);
                    EndLine();
                }
    }
}
