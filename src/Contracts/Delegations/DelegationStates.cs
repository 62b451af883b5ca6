using Delegation.ServiceDefaults.Errors;
using State = Delegation.Contracts.V1.Delegation.Types.State;

namespace Delegation.Contracts.Delegations;

/// <summary>The states of a delegation, and the code under which databases keep each.</summary>
internal static class DelegationStates
{
    private static readonly FieldViolation Unknown = new(
        "state",
        "STATE_UNKNOWN",
        new("This state of a delegation is not known.", "Cet état d'une délégation n'est pas connu."),
        new("Choose DRAFT, OPEN, FROZEN or CLOSED, or leave it out for all.", "Choisissez DRAFT (projet), OPEN (ouverte), FROZEN (gelée) ou CLOSED (close), ou rien pour toutes."));

    public static State FromCode(string code) => code switch
    {
        DelegationRow.Draft => State.Draft,
        DelegationRow.Open => State.Open,
        DelegationRow.Frozen => State.Frozen,
        DelegationRow.Closed => State.Closed,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "A delegation is draft, open, frozen or closed."),
    };

    /// <summary>The code that a list is narrowed to; null for all. A caller may send any number: enums of proto3 are open.</summary>
    public static string? ReadFilter(State state, ICollection<FieldViolation> violations)
    {
        switch (state)
        {
            case State.Draft: return DelegationRow.Draft;
            case State.Open: return DelegationRow.Open;
            case State.Frozen: return DelegationRow.Frozen;
            case State.Closed: return DelegationRow.Closed;
            case State.Unspecified: return null;
            default:
                violations.Add(Unknown);
                return null;
        }
    }
}
