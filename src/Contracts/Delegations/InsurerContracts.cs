using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Delegations;

/// <summary>The insurer's contracts in a request: their references resolve, and no number stands twice for a day.</summary>
internal static class InsurerContracts
{
    public static IReadOnlyList<InsurerContract> Read(
        string field,
        IReadOnlyList<InsurerContract> contracts,
        IReadOnlySet<string> products,
        IReadOnlySet<string> populations,
        ICollection<FieldViolation> violations)
    {
        ListLimits.Check(field, contracts.Count, 500, violations);
        var read = new List<InsurerContract>();
        var periods = new Dictionary<string, List<Period>>(StringComparer.Ordinal);
        foreach (var (index, contract) in contracts.Index())
        {
            var path = $"{field}[{index}]";
            var number = CodeField.Read($"{path}.number", contract.Number, violations);
            CheckCodes($"{path}.product_codes", contract.ProductCodes, products, UnknownProduct, violations);
            CheckCodes($"{path}.population_codes", contract.PopulationCodes, populations, UnknownPopulation, violations);
            var period = Period.Read(path, contract.StartDay, contract.EndDay, violations);
            if (number is not null && period is not null && !TryAdd(periods, number, period))
                violations.Add(TwiceForADay($"{path}.number", number));

            read.Add(new InsurerContract(contract) { Number = number ?? "" });
        }

        return read;
    }

    /// <summary>Says to the insurer that another of its delegations has the number.</summary>
    public static FieldViolation HeldElsewhere(string field, string number, Guid holder) => new(
        field,
        "CONTRACT_NUMBER_HELD",
        new($"The contract {number} belongs to your delegation {holder} on some of these days.",
            $"Le contrat {number} relève de votre délégation {holder} certains de ces jours."),
        new("End it there before, or let it start here later.", "Mettez-y fin avant, ou faites-le commencer ici plus tard."));

    private static bool TryAdd(Dictionary<string, List<Period>> periods, string number, Period period)
    {
        if (!periods.TryGetValue(number, out var others))
            periods[number] = others = [];

        var fits = !others.Any(period.Overlaps);
        others.Add(period);
        return fits;
    }

    private static void CheckCodes(
        string field, IReadOnlyList<string> codes, IReadOnlySet<string> known, Func<string, string, FieldViolation> unknown, ICollection<FieldViolation> violations)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, code) in codes.Index())
        {
            if (!known.Contains(code))
                violations.Add(unknown($"{field}[{index}]", code));
            else if (!seen.Add(code))
                violations.Add(CodeLists.Duplicate($"{field}[{index}]", code));
        }
    }

    private static FieldViolation UnknownProduct(string field, string code) => new(
        field,
        "PRODUCT_UNKNOWN",
        new($"No product of this delegation has the code “{code}”.", $"Aucun produit de cette délégation n'a le code « {code} »."),
        new("Add the product, or correct the code.", "Ajoutez le produit ou corrigez le code."));

    private static FieldViolation UnknownPopulation(string field, string code) => new(
        field,
        "POPULATION_UNKNOWN",
        new($"No population of this delegation has the code “{code}”.", $"Aucune population de cette délégation n'a le code « {code} »."),
        new("Add the population, or correct the code.", "Ajoutez la population ou corrigez le code."));

    private static FieldViolation TwiceForADay(string field, string number) => new(
        field,
        "CONTRACT_NUMBER_DUPLICATE",
        new($"The contract {number} stands twice for the same day.", $"Le contrat {number} figure deux fois pour le même jour."),
        new("End the one before the other starts.", "Mettez fin à l'un avant que l'autre ne commence."));
}
