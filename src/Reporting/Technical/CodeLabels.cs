using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.Reporting.Technical;

/// <summary>What people call the codes of dimensions whose codes are the platform's own.</summary>
internal static class CodeLabels
{
    private static readonly Dictionary<TechnicalDimension, Dictionary<string, LocalizedText>> Known = new()
    {
        [TechnicalDimension.Business] = new()
        {
            [Dimension.Individual] = new("Individual", "Individuel"),
            [Dimension.Group] = new("Group", "Collectif"),
        },
        [TechnicalDimension.Category] = new()
        {
            ["hospital"] = new("Hospital", "Hospitalisation"),
            ["routine_care"] = new("Routine care", "Soins courants"),
            ["pharmacy"] = new("Pharmacy", "Pharmacie"),
            ["dental"] = new("Dental", "Dentaire"),
            ["optical"] = new("Optical", "Optique"),
            ["hearing"] = new("Hearing aids", "Aides auditives"),
            ["equipment"] = new("Equipment", "Appareillage"),
            ["cure"] = new("Spa cures", "Cures"),
            ["prevention"] = new("Prevention", "Prévention"),
            ["alternative"] = new("Alternative medicine", "Médecines douces"),
            ["maternity"] = new("Maternity", "Maternité"),
            ["other"] = new("Other", "Autre"),
        },
        [TechnicalDimension.Basket] = new()
        {
            ["class_a"] = new("Without remainder (class A, I)", "100 % Santé (classe A, I)"),
            ["class_b"] = new("Controlled prices", "Tarifs maîtrisés"),
            ["class_c"] = new("Free prices", "Tarifs libres"),
            ["none"] = new("Outside 100 % Santé", "Hors 100 % Santé"),
        },
        [TechnicalDimension.College] = new()
        {
            ["executive"] = new("Managers", "Cadres"),
            ["non_executive"] = new("Not managers", "Non-cadres"),
            ["all"] = new("All", "Ensemble du personnel"),
            ["none"] = new("None", "Sans collège"),
        },
        [TechnicalDimension.Level] = new()
        {
            ["base"] = new("Base", "Base"),
            ["option"] = new("Option", "Option"),
            ["supplementary"] = new("Supplementary", "Surcomplémentaire"),
        },
        [TechnicalDimension.BeneficiaryKind] = new()
        {
            ["insured"] = new("Insured", "Assuré"),
            ["spouse"] = new("Spouse", "Conjoint"),
            ["child"] = new("Child", "Enfant"),
            ["other"] = new("Other", "Autre"),
            ["unknown"] = new("Not known", "Non renseigné"),
        },
        [TechnicalDimension.Sex] = new()
        {
            ["female"] = new("Female", "Femme"),
            ["male"] = new("Male", "Homme"),
            ["unknown"] = new("Not known", "Non renseigné"),
        },
    };

    /// <summary>Whether the codes of a dimension have labels.</summary>
    public static bool Has(Dimension dimension) => Known.ContainsKey(dimension.Value);

    /// <summary>The label of a code, or the code where it has none.</summary>
    public static LocalizedText Of(Dimension dimension, string code) => Known[dimension.Value].GetValueOrDefault(code) ?? new LocalizedText(code, code);
}
