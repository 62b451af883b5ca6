using System.Globalization;
using Delegation.Contracts.Clauses;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.Negotiation;

namespace Delegation.Contracts.Contracting;

/// <summary>
/// Parameters that are still between braces in an agreed wording. Those that follow from what is agreed elsewhere are filled in when the
/// contract is issued; any other keeps it from being issued.
/// </summary>
internal static class ClauseParameters
{
    private static readonly string[] Known = ["insurer", "insurer_siren", "delegate", "delegate_siren", "effective_day"];

    /// <summary>The names of those that the parties have to fill in.</summary>
    public static IEnumerable<string> Open(ClauseRow clause) => LibraryClause.ParametersOf(clause.Wording).Except(Known);

    /// <summary>The wording as it is signed.</summary>
    public static string Fill(ClauseRow clause, ContractRow contract, SharedDelegation delegation) => LibraryClause.Fill(clause.Wording, new Dictionary<string, string>
    {
        ["insurer"] = delegation.Insurer.LegalName,
        ["insurer_siren"] = delegation.Insurer.Siren,
        ["delegate"] = delegation.Delegate.LegalName,
        ["delegate_siren"] = delegation.Delegate.Siren,
        ["effective_day"] = contract.EffectiveDay.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
    });
}
