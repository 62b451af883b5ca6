using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Delegations;

/// <summary>The products and the populations of a delegation: each code stands once.</summary>
internal static class CodeLists
{
    private const int LabelLength = 200;

    public static IReadOnlyList<Product> ReadProducts(string field, IReadOnlyList<Product> products, ICollection<FieldViolation> violations) =>
        [.. Read(field, [.. products.Select(product => (product.Code, product.Label))], violations).Select(entry => new Product { Code = entry.Code, Label = entry.Label })];

    public static IReadOnlyList<Population> ReadPopulations(string field, IReadOnlyList<Population> populations, ICollection<FieldViolation> violations) =>
        [.. Read(field, [.. populations.Select(population => (population.Code, population.Label))], violations).Select(entry => new Population { Code = entry.Code, Label = entry.Label })];

    /// <summary>Says that a code stands twice in one list.</summary>
    public static FieldViolation Duplicate(string field, string code) => new(
        field,
        "CODE_DUPLICATE",
        new($"The code {code} stands twice in this list.", $"Le code {code} figure deux fois dans cette liste."),
        new("Leave one of them out.", "Supprimez l'un des deux."));

    private static List<(string Code, string Label)> Read(
        string field, IReadOnlyList<(string Code, string Label)> entries, ICollection<FieldViolation> violations)
    {
        ListLimits.Check(field, entries.Count, 200, violations);
        var read = new List<(string Code, string Label)>();
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, entry) in entries.Index())
        {
            var code = CodeField.Read($"{field}[{index}].code", entry.Code, violations);
            if (code is not null && !codes.Add(code))
                violations.Add(Duplicate($"{field}[{index}].code", code));

            read.Add((code ?? "", TextField.ReadLine($"{field}[{index}].label", entry.Label, LabelLength, violations) ?? ""));
        }

        return read;
    }
}
