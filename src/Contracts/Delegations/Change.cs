using Delegation.Access.V1;
using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;

namespace Delegation.Contracts.Delegations;

/// <summary>Decides on a change of a delegation, as it is under its lock.</summary>
internal static class Change
{
    private static readonly LocalizedText InsurerChanges = new(
        "Once a delegation is open, its insurer changes it. Ask the insurer's main contact.",
        "Une fois la délégation ouverte, c'est l'assureur qui la modifie. Adressez-vous à son interlocuteur principal.");

    private static readonly LocalizedText IsClosed = new(
        "This delegation is closed; what it was stays as it is.",
        "Cette délégation est close ; ce qu'elle a été reste en l'état.");

    private static readonly FieldViolation CounterpartFixed = new(
        "counterpart",
        "COUNTERPART_FIXED",
        new("The parties of an open delegation do not change.", "Les parties d'une délégation ouverte ne changent pas."),
        new("Leave the counterpart out.", "N'indiquez pas d'autre partie."));

    /// <param name="terms">What the request says.</param>
    /// <param name="violations">What is wrong with it whatever the delegation is.</param>
    /// <param name="etag">The revision that the caller read.</param>
    /// <param name="current">The delegation.</param>
    /// <param name="side">The caller's.</param>
    /// <param name="now">The instant of the change.</param>
    public static Outcome<DelegationRow> Decide(
        DelegationTerms terms, IReadOnlyList<FieldViolation> violations, string etag, DelegationRow current, Side side, DateTimeOffset now)
    {
        if (current.State == DelegationRow.Closed)
            return new Outcome<DelegationRow>.Refused("DELEGATION_CLOSED", IsClosed);

        if (current.State == DelegationRow.Open && side != Side.Insurer)
            return new Outcome<DelegationRow>.Refused("INSURER_REQUIRED", InsurerChanges);

        IReadOnlyList<FieldViolation> broken = [.. violations, .. OfCounterpart(terms, current)];
        if (broken.Count > 0)
            return new Outcome<DelegationRow>.Invalid(broken);

        return Etag.Mismatch<DelegationRow>(etag, current.Id, current.Revision) ?? new Outcome<DelegationRow>.Accepted(Changed(terms, current, now));
    }

    private static IEnumerable<FieldViolation> OfCounterpart(DelegationTerms terms, DelegationRow current) => (current.State, terms.NamesCounterpart) switch
    {
        (DelegationRow.Draft, false) => [DelegationTerms.CounterpartRequired],
        (DelegationRow.Open, true) => [CounterpartFixed],
        _ => [],
    };

    private static DelegationRow Changed(DelegationTerms terms, DelegationRow current, DateTimeOffset now)
    {
        var changed = current with
        {
            Title = terms.Title,
            ReferenceData = terms.ReferenceData.ToString(),
            PlannedStartDay = terms.PlannedStartDay is { } day ? DayField.Write(day) : null,
            UpdateTime = now.InMicroseconds(),
            Revision = current.Revision + 1,
        };

        return (current.State, current.InviterSide) switch
        {
            (DelegationRow.Open, _) => changed,
            (_, Side.Insurer) => changed with { DelegateLegalName = terms.CounterpartLegalName, DelegateSiren = terms.CounterpartSiren },
            _ => changed with { InsurerLegalName = terms.CounterpartLegalName, InsurerSiren = terms.CounterpartSiren },
        };
    }
}
