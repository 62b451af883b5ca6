using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Reporting.V1;
using Delegation.ServiceDefaults.Outcomes;
using Message = Delegation.Reporting.V1.CommitmentMeasure;
using State = Delegation.Reporting.V1.CommitmentMeasure.Types.State;

namespace Delegation.Reporting.Operational;

/// <summary>Decides on disputes: from the first value that a side gives until both agree on one, nothing else changes the measure.</summary>
internal static class MeasureMoves
{
    /// <summary>A side gives the value that it holds to be right. What was proposed to end the dispute is over with it.</summary>
    public static Outcome<Message> Dispute(Message measure, Side side, long hundredths, string reason)
    {
        if (measure.State == State.Superseded)
            return new Outcome<Message>.Refused(
                "MEASURE_SUPERSEDED", new("A later computation took the place of this measure.", "Un calcul ultérieur a remplacé cette mesure."));
        if (!measure.HasMeasuredHundredths)
            return new Outcome<Message>.Refused(
                "NOT_MEASURED", new("Nothing was measured: there is no value to dispute.", "Rien n'a été mesuré : il n'y a pas de valeur à contester."));

        var disputed = measure.Clone();
        disputed.State = State.Disputed;
        var dispute = disputed.Dispute ??= new MeasureDispute { MeasuredHundredths = measure.MeasuredHundredths };
        if (side == Side.Insurer)
            (dispute.InsurerHundredths, dispute.InsurerReason) = (hundredths, reason);
        else
            (dispute.DelegateHundredths, dispute.DelegateReason) = (hundredths, reason);

        dispute.ProposedBy = Side.Unspecified;
        dispute.ClearProposedHundredths();
        return new Outcome<Message>.Accepted(disputed);
    }

    /// <summary>A side proposes a value, or agrees to that of the other: then it is the measure, by the terms of its version.</summary>
    public static Outcome<Message> Resolve(Message measure, Side side, long hundredths, CommitmentTerms terms)
    {
        if (measure.State != State.Disputed)
            return new Outcome<Message>.Refused("MEASURE_NOT_DISPUTED", new("Nobody disputes this measure.", "Personne ne conteste cette mesure."));

        var resolved = measure.Clone();
        if (resolved.Dispute.ProposedBy == Side.Unspecified || resolved.Dispute.ProposedHundredths != hundredths)
        {
            (resolved.Dispute.ProposedBy, resolved.Dispute.ProposedHundredths) = (side, hundredths);
            return new Outcome<Message>.Accepted(resolved);
        }

        if (resolved.Dispute.ProposedBy == side)
            return new Outcome<Message>.Refused(
                "RESOLUTION_ALREADY_PROPOSED", new("Your side has proposed this value already; the other has not yet agreed.", "Votre partie a déjà proposé cette valeur ; l'autre n'a pas encore donné son accord."));

        resolved.State = State.Resolved;
        resolved.Dispute.ProposedBy = Side.Unspecified;
        return new Outcome<Message>.Accepted(ComputedMeasure.Judge(resolved, terms, hundredths, resolved.Why));
    }
}
