using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>Decides on the consent of one side to meet less often: with the second one the committee relaxes one step.</summary>
internal static class Relaxation
{
    public static Outcome<CommitteeRow> Consent(CommitteeRow committee, Side side, CadenceStep step, DateTime now)
    {
        if (!committee.OffersRelaxation)
            return new Outcome<CommitteeRow>.Refused(
                "RELAXATION_NOT_OFFERED",
                new("Meeting less often is not offered: it takes good periods in a row, and a sparser step within the bounds.",
                    "Aucun espacement n'est proposé : il faut des périodes favorables de suite, et une fréquence plus espacée dans les bornes."));

        var relaxed = committee.Rule.Relax(committee.InRun);
        if (relaxed.Step != step)
            return new Outcome<CommitteeRow>.Invalid(new ServiceDefaults.Errors.FieldViolation(
                "step", "STEP_NOT_OFFERED", new("This is not the step that is offered.", "Ce n'est pas la fréquence proposée."),
                new("Read the committee again and give the next of its steps.", "Relisez le comité et indiquez la fréquence suivante de sa liste.")));

        if (committee.HasConsentOf(side))
            return new Outcome<CommitteeRow>.Refused(
                "RELAXATION_ALREADY_CONFIRMED",
                new("Your side has confirmed this already; the other has not yet.", "Votre partie l'a déjà confirmé ; l'autre pas encore."));

        return new Outcome<CommitteeRow>.Accepted(committee.HasConsentOf(side == Side.Insurer ? Side.Delegate : Side.Insurer)
            ? committee.With(relaxed, now)
            : (side == Side.Insurer ? committee with { InsurerConsentTime = now } : committee with { DelegateConsentTime = now }) with
            {
                UpdateTime = now,
                Revision = committee.Revision + 1,
            });
    }
}
