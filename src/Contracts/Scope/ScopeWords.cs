using Delegation.Contracts.V1;

namespace Delegation.Contracts.Scope;

/// <summary>Lines of a scope in French words, as what is signed says them.</summary>
internal static class ScopeWords
{
    /// <summary>The activity by code and name.</summary>
    public static string Activity(ScopeLine line, TradeList trade) => $"{line.ActivityCode} {trade.Find(line.ActivityCode)?.FrenchName}".TrimEnd();

    /// <summary>Who does what of it.</summary>
    public static string Parties(ScopeLine line) => line.ToBeDecided ? "À DÉCIDER" : string.Join(" ; ", line.Assignments.Select(Assignment));

    private static string Assignment(RaciAssignment assignment)
    {
        var party = assignment.Party switch
        {
            ScopeParty.Insurer => "assureur",
            ScopeParty.Delegate => "délégataire",
            ScopeParty.Broker => $"courtier {assignment.PartyName}",
            ScopeParty.ThirdPartyPaymentOperator => $"opérateur de tiers payant {assignment.PartyName}",
            _ => $"sous-délégataire {assignment.PartyName}",
        };
        return $"{party} {string.Concat(assignment.Roles.Select(role => role.ToString()[0]))}";
    }
}
