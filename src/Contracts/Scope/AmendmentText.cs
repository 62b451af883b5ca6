using Delegation.Contracts.V1;
using Google.Protobuf.Collections;
using Kind = Delegation.Contracts.V1.ScopeDifference.Types.Kind;

namespace Delegation.Contracts.Scope;

/// <summary>The one clause of an amendment of the scope: the lines that differ, in French, since it becomes part of a French contract.</summary>
internal static class AmendmentText
{
    /// <summary>The code of the clause, which no clause of the library has.</summary>
    public const string ClauseCode = "PERIMETRE-AVENANT";

    // The most that a wording holds; a scope of 500 lines may need more, and what is left out must be said.
    private const int LongestWording = 19_500;

    public static ContractClause Clause(ScopeVersionRow conclusion, ScopeVersionRow scoping, IReadOnlyList<ScopeDifference> differences, TradeList trade) => new()
    {
        Code = ClauseCode,
        Family = ClauseFamily.ScopeAndRoles.Stored(),
        Title = "Modification du périmètre et de la répartition des rôles",
        Wording = Wording(conclusion, scoping, differences, trade),
    };

    public static string Title(ScopeVersionRow scoping) => $"Avenant de périmètre (version {scoping.Number} validée en cadrage)";

    private static string Wording(ScopeVersionRow conclusion, ScopeVersionRow scoping, IReadOnlyList<ScopeDifference> differences, TradeList trade)
    {
        var text = $"À compter du {scoping.EffectiveDay:dd/MM/yyyy}, le périmètre et la répartition des rôles validés conjointement en cadrage "
            + $"(version {scoping.Number}) remplacent ceux de la version {conclusion.Number}, validée à la conclusion. Les lignes modifiées sont les suivantes.";
        foreach (var (place, difference) in differences.Index())
        {
            var line = $"\n\n{Line(difference, trade)}";
            if (text.Length + line.Length > LongestWording)
                return $"{text}\n\nLa version {scoping.Number} du périmètre détaille les autres lignes modifiées, au nombre de {differences.Count - place}.";

            text += line;
        }

        return text;
    }

    private static string Line(ScopeDifference difference, TradeList trade)
    {
        var name = trade.Find(difference.ActivityCode)?.FrenchName ?? "";
        var what = difference.Kind switch { Kind.Added => "ligne ajoutée", Kind.Removed => "ligne retirée", _ => "ligne modifiée" };
        var decided = (difference.FormerlyToBeDecided, difference.ToBeDecided) switch
        {
            (true, false) when difference.Kind == Kind.Changed => " La ligne, qui restait à décider, est arrêtée.",
            (_, true) => " La ligne reste à décider.",
            _ => "",
        };
        var parties = string.Join(" ; ", difference.Parties.Select(Change));
        return $"{difference.ActivityCode} – {name} ({what}). Produits : {string.Join(", ", difference.ProductCodes)}. "
            + $"Populations : {string.Join(", ", difference.PopulationCodes)}.{(parties.Length == 0 ? "" : $" {parties}.")}{decided}";
    }

    private static string Change(PartyChange change)
    {
        var party = change.Party switch
        {
            ScopeParty.Insurer => "assureur",
            ScopeParty.Delegate => "délégataire",
            ScopeParty.Broker => $"courtier {change.PartyName}",
            ScopeParty.ThirdPartyPaymentOperator => $"opérateur de tiers payant {change.PartyName}",
            _ => $"sous-délégataire {change.PartyName}",
        };
        return $"{party} : {Letters(change.FormerRoles)} devient {Letters(change.Roles)}";
    }

    private static string Letters(RepeatedField<RaciRole> roles) =>
        roles.Count == 0 ? "aucun rôle" : string.Join("", roles.Select(role => role.ToString()[0]));
}
