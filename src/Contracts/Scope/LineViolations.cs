using Delegation.ServiceDefaults.Errors;

namespace Delegation.Contracts.Scope;

/// <summary>What can be wrong with a line of a scope, its roles apart, and what to do about it.</summary>
internal static class LineViolations
{
    public static readonly FieldViolation Required = new(
        "lines",
        "LINES_REQUIRED",
        new("A scope has lines.", "Un périmètre comporte des lignes."),
        new("Give lines, or a template to start from.", "Indiquez des lignes, ou un modèle de départ."));

    public static FieldViolation TooMany(int count, int most) => new(
        "lines",
        "LINES_TOO_MANY",
        new($"The scope has {count} lines; at most {most} are kept.", $"Le périmètre comporte {count} lignes ; {most} au plus sont conservées."),
        new("Put products and populations that are treated alike on one line.", "Réunissez sur une ligne les produits et populations traités de même."));

    public static FieldViolation Activity(string field, string code) => code.Trim().Length == 0
        ? new(field, "ACTIVITY_REQUIRED", new("The line names no activity.", "La ligne n'indique pas d'activité."), UseTheList)
        : new(field, "ACTIVITY_UNKNOWN", new($"The trade's list has no activity {Short(code)}.", $"La liste des activités ne comporte pas {Short(code)}."), UseTheList);

    public static FieldViolation UnknownCode(string field, string what, string code) => new(
        field,
        $"{what}_UNKNOWN",
        new($"The delegation has no {Name(what).English} {Short(code)}.", $"La délégation ne comporte pas {Name(what).French} {Short(code)}."),
        new("Use a code of the delegation's reference data, or have the insurer add it there.", "Utilisez un code des données de référence de la délégation, ou faites-l'y ajouter par l'assureur."));

    public static FieldViolation RepeatedCode(string field, string what, string code) => new(
        field,
        $"{what}_REPEATED",
        new($"The line names {Name(what).English} {Short(code)} twice.", $"La ligne indique deux fois {Name(what).French} {Short(code)}."),
        new("Name it once.", "Indiquez-la ou indiquez-le une seule fois."));

    public static FieldViolation Repeated(string field, string activity, int firstPlace) => new(
        field,
        "LINE_REPEATED",
        new($"Line {firstPlace} has {activity} for a product and population of this line too.", $"La ligne {firstPlace} porte déjà {activity} pour un produit et une population de cette ligne."),
        new("Let each activity, product and population stand on one line.", "Ne portez chaque activité, produit et population que sur une ligne."));

    private static readonly LocalizedText UseTheList = new(
        "Use a code of the list of activities, as RAT.", "Utilisez un code de la liste des activités, par exemple RAT.");

    private static LocalizedText Name(string what) => what == "PRODUCT" ? new("product", "le produit") : new("population", "la population");

    // What a caller sends comes back to them, and not at any length.
    private static string Short(string code) => code.Length <= 40 ? code : $"{code[..40]}…";
}
