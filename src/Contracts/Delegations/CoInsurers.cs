using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Delegations;

/// <summary>The co-insurers in a request. The insurer of the delegation leads, and holds what they leave.</summary>
internal static class CoInsurers
{
    private const int Whole = 1_000_000;

    public static IReadOnlyList<CoInsurer> Read(string field, IReadOnlyList<CoInsurer> coInsurers, ICollection<FieldViolation> violations)
    {
        ListLimits.Check(field, coInsurers.Count, 50, violations);
        var sirens = new HashSet<string>(StringComparer.Ordinal);
        var read = new List<CoInsurer>();
        foreach (var (index, coInsurer) in coInsurers.Index())
        {
            var path = $"{field}[{index}]";
            var (name, siren) = NamedOrganization.Read(path, coInsurer.LegalName, coInsurer.Siren, violations);
            if (siren.Length > 0 && !sirens.Add(siren))
                violations.Add(Duplicate($"{path}.siren"));

            if (coInsurer.SharePpm is < 1 or >= Whole)
                violations.Add(OutOfRange($"{path}.share_ppm"));

            read.Add(new CoInsurer { LegalName = name, Siren = siren, SharePpm = coInsurer.SharePpm });
        }

        if (coInsurers.Sum(coInsurer => (long)coInsurer.SharePpm) >= Whole)
            violations.Add(HoldAll(field));

        return read;
    }

    private static FieldViolation Duplicate(string field) => new(
        field,
        "SIREN_DUPLICATE",
        new("This SIREN stands twice among the co-insurers.", "Ce SIREN figure deux fois parmi les coassureurs."),
        new("Add the shares up in one entry.", "Additionnez les quotes-parts en une seule ligne."));

    private static FieldViolation OutOfRange(string field) => new(
        field,
        "SHARE_OUT_OF_RANGE",
        new("A share is at least 1 and less than 1,000,000 millionths.", "Une quote-part vaut au moins 1 et moins de 1 000 000 millionièmes."),
        new("Give 250000 for a quarter.", "Indiquez 250000 pour un quart."));

    private static FieldViolation HoldAll(string field) => new(
        field,
        "CO_INSURERS_HOLD_ALL",
        new("The co-insurers' shares come to the whole risk or more; nothing is left to the insurer who leads.",
            "Les quotes-parts des coassureurs atteignent ou dépassent la totalité du risque ; il ne reste rien à l'apériteur."),
        new("Correct the shares so that they come to less than 1,000,000 millionths.", "Corrigez les quotes-parts pour que leur somme soit inférieure à 1 000 000 millionièmes."));
}
