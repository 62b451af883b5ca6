using Delegation.Persistence.Stored;

namespace Delegation.Reporting.Imports.Kinds;

/// <summary>Lists of codes, in the platform's words and in the words of the trade, folded.</summary>
internal static class Codes
{
    public static readonly IReadOnlyDictionary<string, string> YesNo = new Dictionary<string, string>
    {
        ["yes"] = "yes", ["no"] = "no", ["oui"] = "yes", ["non"] = "no", ["true"] = "yes", ["false"] = "no", ["1"] = "yes", ["0"] = "no",
    };

    /// <summary>Whether a contract is an individual one; typeContrat of the neutral NOEMIE files.</summary>
    public static readonly IReadOnlyDictionary<string, string> Individual = new Dictionary<string, string>
    {
        ["yes"] = "yes", ["no"] = "no", ["i"] = "yes", ["c"] = "no", ["individuel"] = "yes", ["collectif"] = "no", ["individual"] = "yes", ["collective"] = "no", ["oui"] = "yes", ["non"] = "no",
    };

    /// <summary>Postes.</summary>
    public static readonly IReadOnlyDictionary<string, string> Category = List(
        "hospital hospitalisation", "routine_care soins_courants", "pharmacy pharmacie", "dental dentaire", "optical optique", "hearing audio audiologie", "equipment appareillage appareillage_lpp",
        "cure cures", "prevention", "alternative medecines_douces", "maternity maternite", "other autre");

    /// <summary>100 % Santé.</summary>
    public static readonly IReadOnlyDictionary<string, string> Basket = List("class_a a classe_a sans_rac", "class_b b classe_b maitrise rac_modere", "class_c c classe_c libre", "none aucun hors");

    public static readonly IReadOnlyDictionary<string, string> College = List("executive cadre cadres", "non_executive non_cadre non_cadres", "all tous ensemble", "none aucun");

    public static readonly IReadOnlyDictionary<string, string> Level = List("base socle", "option", "supplementary surcomplementaire");

    public static readonly IReadOnlyDictionary<string, string> Beneficiary = List("insured assure", "spouse conjoint", "child enfant", "other autre", "unknown inconnu");

    public static readonly IReadOnlyDictionary<string, string> Sex = List("female f femme 2", "male m h homme 1", "unknown inconnu x 9");

    // Open DAMIR names a band by its first age.
    public static readonly IReadOnlyDictionary<string, string> Age = new Dictionary<string, string>
    {
        ["0"] = "0-19", ["20"] = "20-29", ["30"] = "30-39", ["40"] = "40-49", ["50"] = "50-59", ["60"] = "60-69", ["70"] = "70-79", ["80"] = "80+", ["99"] = "unknown",
        ["0 19"] = "0-19", ["20 29"] = "20-29", ["30 39"] = "30-39", ["40 49"] = "40-49", ["50 59"] = "50-59", ["60 69"] = "60-69", ["70 79"] = "70-79",
        ["80 et plus"] = "80+", ["unknown"] = "unknown", ["inconnu"] = "unknown",
    };

    // Official codes of the regions (Insee); 05 stands for the overseas ones, as in Open DAMIR.
    public static readonly IReadOnlyDictionary<string, string> Region = new[] { "05", "11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93" }
        .SelectMany(code => new[] { code, code.TrimStart('0') }.Distinct().Select(form => (form, code))).Append(("99", "unknown")).Append(("unknown", "unknown")).Append(("inconnu", "unknown"))
        .ToDictionary(pair => pair.Item1, pair => pair.Item2);

    /// <summary>The names of the contract, and the French ones.</summary>
    public static Dictionary<string, string> Of<T>(params (string French, T Value)[] french)
        where T : struct, Enum
    {
        var codes = french.ToDictionary(code => code.French, code => code.Value.Stored());
        foreach (var value in Enum.GetValues<T>().Where(StoredNames.IsKnown))
            codes[value.Stored().Replace('_', ' ')] = value.Stored();
        return codes;
    }

    // Each is the code of the platform, followed by others that mean the same.
    private static Dictionary<string, string> List(params string[] codes) => codes
        .Select(line => line.Split(' '))
        .SelectMany(words => words.Select(word => (Folded: Folded.Of(word), Code: words[0])))
        .ToDictionary(pair => pair.Folded, pair => pair.Code);
}
