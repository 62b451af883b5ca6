using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;
using static Delegation.Reporting.V1.TechnicalDimension;

namespace Delegation.Reporting.Technical;

/// <summary>What figures are cut by and chosen by.</summary>
/// <param name="Value">As the contract names it.</param>
/// <param name="Key">The column of a table.</param>
/// <param name="Column">The column of cells; null for the month, which the view chooses.</param>
/// <param name="Title">What people call it.</param>
/// <param name="OfActs">It tells acts apart and not people: who is covered is covered for all of them.</param>
internal sealed record Dimension(TechnicalDimension Value, string Key, string? Column, LocalizedText Title, bool OfActs = false)
{
    /// <summary>Individual business and group business, as they are asked for and answered.</summary>
    public const string Individual = "individual";
    public const string Group = "group";

    /// <summary>All of them, in the order of the contract.</summary>
    public static readonly IReadOnlyList<Dimension> All =
    [
        new(Month, "month", null, new("Month", "Mois")),
        new(Contract, "contract", "contract_reference", new("Contract", "Contrat")),
        new(Product, "product", "product", new("Product", "Produit")),
        new(Business, "business", "individual", new("Business", "Individuel ou collectif")),
        new(Category, "category", "category", new("Category of benefit", "Poste"), OfActs: true),
        new(Act, "act", "act", new("Act", "Acte"), OfActs: true),
        new(Basket, "basket", "basket", new("100 % Santé basket", "Panier 100 % Santé"), OfActs: true),
        new(College, "college", "college", new("College", "Collège")),
        new(Level, "level", "level", new("Level of cover", "Niveau de garantie")),
        new(BeneficiaryKind, "beneficiary_kind", "beneficiary_kind", new("Kind of beneficiary", "Type de bénéficiaire")),
        new(AgeBand, "age_band", "age_band", new("Age band", "Tranche d'âge")),
        new(Sex, "sex", "sex", new("Sex", "Sexe")),
        new(Region, "region", "region", new("Region", "Région")),
    ];

    public static Dimension Of(TechnicalDimension value) => All.Single(dimension => dimension.Value == value);
}
