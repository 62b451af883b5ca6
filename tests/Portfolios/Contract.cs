namespace Delegation.Portfolios;

/// <summary>A contract, with the groups of people that it covers.</summary>
/// <param name="Reference">Of the insurer.</param>
/// <param name="Product">What was sold.</param>
/// <param name="IsIndividual">Or of a group.</param>
/// <param name="Level">Of cover.</param>
/// <param name="Groups">Who is covered.</param>
public sealed record Contract(string Reference, string Product, bool IsIndividual, string Level, IReadOnlyList<CoveredGroup> Groups)
{
    /// <summary>Cents that one person pays each month, without tax.</summary>
    public long Tariff { get; internal set; }
}

/// <summary>People who are alike.</summary>
/// <param name="College">Of a group contract.</param>
/// <param name="Kind">Insured, spouse or child.</param>
/// <param name="Age">The age band.</param>
/// <param name="Sex">Of them.</param>
/// <param name="Region">Where they live.</param>
/// <param name="Months">What became of them, month by month.</param>
public sealed record CoveredGroup(string College, string Kind, string Age, string Sex, string Region, IReadOnlyList<CoveredMonth> Months);

/// <summary>A group in a month.</summary>
/// <param name="Heads">At its end.</param>
/// <param name="Entries">In it.</param>
/// <param name="Exits">In it.</param>
public readonly record struct CoveredMonth(int Heads, int Entries, int Exits);

/// <summary>Makes contracts up.</summary>
internal static class Contracts
{
    private const double CollectiveShare = 0.6;

    // Benefits by premiums in 2023 (DREES): 87 % in group contracts, 75 % in individual ones.
    private const double CollectiveRatio = 0.87;
    private const double IndividualRatio = 0.75;

    private static readonly string[] Ages = [.. Table.Read("ages.csv").Select(row => Band(row[0]))];
    private static readonly string[] Regions = [.. Table.Read("regions.csv").Select(row => row[0].PadLeft(2, '0'))];

    public static IReadOnlyList<Contract> Make(PortfolioPlan plan)
    {
        var chance = new Chance(plan.Seed, 1);
        var contracts = new List<Contract>(plan.Contracts);
        for (var number = 0; number < plan.Contracts; number++)
        {
            var people = Math.Max(4, plan.People / plan.Contracts * (50 + chance.Below(100)) / 100);
            var individual = chance.Share() > CollectiveShare;
            var contract = new Contract(
                $"{(individual ? "IND" : "COL")}-{plan.Seed:000}-{number:00000}", individual ? "Santé Particuliers" : "Santé Entreprises", individual, chance.Of(["base", "option"]),
                [.. Groups(chance, plan, individual, people)]);
            contract.Tariff = (long)(Monthly / (individual ? IndividualRatio : CollectiveRatio));
            contracts.Add(contract);
        }

        return contracts;
    }

    // What a person is paid in a month, in cents: what the acts cost varies evenly around their price.
    private static double Monthly => Act.All.Sum(act => act.Yearly / 12 * act.Pay(act.Expense).Benefit);

    private static IEnumerable<CoveredGroup> Groups(Chance chance, PortfolioPlan plan, bool individual, int people)
    {
        var region = chance.Of(Regions);
        for (var left = people; left > 0;)
        {
            var heads = Math.Min(left, 1 + chance.Below(12));
            left -= heads;
            var kind = chance.Share() switch { < 0.55 => "insured", < 0.75 => "spouse", _ => "child" };
            yield return new CoveredGroup(
                individual ? "none" : chance.Of(["executive", "non_executive"]), kind, kind == "child" ? Ages[0] : Ages[1 + chance.Below(individual ? 7 : 5)], chance.Of(["female", "male"]),
                individual ? chance.Of(Regions) : region, [.. Months(chance, plan.Months, heads)]);
        }
    }

    private static IEnumerable<CoveredMonth> Months(Chance chance, int months, int heads)
    {
        for (var month = 0; month < months; month++)
        {
            var entries = chance.Times(heads * 0.012);
            var exits = Math.Min(heads, chance.Times(heads * 0.01));
            heads += entries - exits;
            yield return new CoveredMonth(heads, entries, exits);
        }
    }

    private static string Band(string code) => code switch { "0" => "0-19", "80" => "80+", _ => $"{code}-{int.Parse(code, System.Globalization.CultureInfo.InvariantCulture) + 9}" };
}
