using Delegation.Contracts.Scope;
using Delegation.Contracts.V1;

namespace Delegation.Contracts.Tests.Scope;

/// <summary>Lines as tests write them: <c>A/R</c> is insurer accountable, delegate responsible.</summary>
internal static class Lines
{
    public static readonly Coverage Coverage = new(["BASE", "OPTION"], ["CADRES", "RETRAITES"]);

    /// <summary>PRE is regulated; both are what a full delegation delegates.</summary>
    public static readonly TradeList Trade = new(
        [
            new Activity { Code = "PRE", Regulated = true, DelegatedInFull = true, Indicators = { "CLAIM_TIME" } },
            new Activity { Code = "RAT", DelegatedInFull = true, Indicators = { "NOEMISATION_RATE", "LINK_REJECTION_RATE" } },
            new Activity { Code = "OFF", Regulated = true },
        ],
        []);

    public static ScopeLine Of(string activity, string roles, bool toBeDecided = false) => new()
    {
        ActivityCode = activity,
        ToBeDecided = toBeDecided,
        Assignments =
        {
            Assignment(ScopeParty.Insurer, roles.Split('/')[0]),
            Assignment(ScopeParty.Delegate, roles.Split('/')[1]),
        },
    };

    public static ScopeLine For(this ScopeLine line, string products = "", string populations = "") => new(line)
    {
        ProductCodes = { products.Split(' ', StringSplitOptions.RemoveEmptyEntries) },
        PopulationCodes = { populations.Split(' ', StringSplitOptions.RemoveEmptyEntries) },
    };

    public static ScopeLine With(this ScopeLine line, ScopeParty party, string name, string roles)
    {
        var more = line.Clone();
        more.Assignments.Add(Assignment(party, roles).Select(assignment => new RaciAssignment(assignment) { PartyName = name }));
        return more;
    }

    private static IEnumerable<RaciAssignment> Assignment(ScopeParty party, string roles)
    {
        if (roles.Length > 0)
            yield return new RaciAssignment { Party = party, Roles = { roles.Select(Role) } };
    }

    private static RaciRole Role(char letter) => letter switch
    {
        'R' => RaciRole.Responsible,
        'A' => RaciRole.Accountable,
        'C' => RaciRole.Consulted,
        _ => RaciRole.Informed,
    };
}
