using System.Text.RegularExpressions;
using Delegation.Contracts.V1;

namespace Delegation.Contracts.Clauses;

/// <summary>A clause of the library.</summary>
/// <param name="Code">The same in all versions, as <c>AUD-1</c>.</param>
/// <param name="Family">Of clauses.</param>
/// <param name="Place">In the standard contract, from 1; 0 for an optional clause.</param>
/// <param name="Title">In French.</param>
/// <param name="Wording">In French, with parameters between braces.</param>
/// <param name="RequirementIds">What it satisfies.</param>
/// <param name="Fallbacks">Other wordings that satisfy the same.</param>
internal sealed partial record LibraryClause(
    string Code, ClauseFamily Family, int Place, string Title, string Wording, IReadOnlyList<string> RequirementIds, IReadOnlyList<Fallback> Fallbacks)
{
    /// <summary>The names of parameters in a text, each once, in their order.</summary>
    public static IReadOnlyList<string> ParametersOf(string text) => [.. Parameter().Matches(text).Select(match => match.Groups[1].Value).Distinct()];

    /// <summary>A text with values in place of parameters; those without a value stay as they are, to be filled in by the parties.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Parameter().Replace(text, match => values.GetValueOrDefault(match.Groups[1].Value, match.Value));

    public Clause ToMessage(int version) => new()
    {
        Code = Code,
        LibraryVersion = version,
        Family = Family,
        Place = Place,
        Title = Title,
        Wording = Wording,
        Parameters = { ParametersOf(string.Join('\n', [Wording, .. Fallbacks.Select(fallback => fallback.Wording)])) },
        RequirementIds = { RequirementIds },
        Fallbacks = { Fallbacks.Select(fallback => new FallbackWording { Title = fallback.Title, Wording = fallback.Wording }) },
    };

    [GeneratedRegex(@"\{\{([a-z_]+)\}\}")]
    private static partial Regex Parameter();
}

/// <summary>Another wording of a clause, for a negotiation.</summary>
internal sealed record Fallback(string Title, string Wording);
