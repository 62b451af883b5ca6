using Delegation.Access.V1;
using Delegation.Persistence.Commands;
using Delegation.ProjectDelivery.Projects;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using State = Delegation.Delivery.V1.TestDelivery.Types.State;

namespace Delegation.ProjectDelivery.SetUp;

/// <summary>Decides what may happen to a test delivery.</summary>
internal static class DeliveryRules
{
    /// <summary>Null where it may be counted, explained or accepted: it is not agreed yet, and the caller read it as it is.</summary>
    public static Outcome<T>? CanChange<T>(ProjectRow project, TestDeliveryRow delivery, string etag) =>
        ProjectChange.NeedsAProjectInProgress<T>(project)
        ?? Etag.Mismatch<T>(etag, delivery.Id, delivery.Revision)
        ?? delivery.In switch
        {
            State.Agreed => new Outcome<T>.Refused(
                "TEST_DELIVERY_AGREED", new("This delivery is agreed. Record another one.", "Cette remise est rapprochée. Enregistrez-en une autre.")),
            State.Replaced => new Outcome<T>.Refused(
                "TEST_DELIVERY_REPLACED", new("A later delivery took the place of this one.", "Une remise ultérieure a remplacé celle-ci.")),
            _ => null,
        };

    /// <summary>A difference is explained where there is one.</summary>
    public static Outcome<IReadOnlyList<ReconciledLine>> Explain(
        TestDeliveryRow delivery, IReadOnlyList<ReconciledLine> lines, string label, string explanation, string side) =>
        delivery.In == State.Different && lines.Any(line => line.Label == label && line.Differs)
            ? new Outcome<IReadOnlyList<ReconciledLine>>.Accepted(
                [.. lines.Select(line => line.Label == label ? line with { Explanation = explanation, ExplainedBy = side } : line)])
            : new Outcome<IReadOnlyList<ReconciledLine>>.Refused(
                "NO_SUCH_DIFFERENCE", new("The sides do not differ on this line.", "Il n'y a pas d'écart sur ce poste."));

    /// <summary>Differences are accepted once each is explained.</summary>
    public static Outcome<TestDeliveryRow> Accept(TestDeliveryRow delivery, IReadOnlyList<ReconciledLine> lines, Side side, DateTime now)
    {
        if (delivery.In == State.Delivered)
            return new Outcome<TestDeliveryRow>.Refused(
                "TEST_DELIVERY_NOT_COUNTED", new("The insurer has not said what it counts.", "L'assureur n'a pas déclaré son comptage."));

        var unexplained = lines.Where(line => line.Differs && line.Explanation.Length == 0).Select(line => new UnmetCondition(
            "DIFFERENCE_UNEXPLAINED",
            line.Label,
            new($"{(line.Label.Length > 0 ? line.Label : "Rows")}: {line.CountDifference} items, {line.AmountDifference} cents.",
                $"{(line.Label.Length > 0 ? line.Label : "Lignes du fichier")} : {line.CountDifference} éléments, {line.AmountDifference} centimes."))).ToArray();
        if (unexplained.Length > 0)
            return new Outcome<TestDeliveryRow>.Refused(
                "DIFFERENCES_UNEXPLAINED", new("Each difference is to be explained first.", "Chaque écart doit d'abord être expliqué."), unexplained);

        return delivery.IsAcceptedBy(side)
            ? new Outcome<TestDeliveryRow>.Refused(
                "DIFFERENCES_ALREADY_ACCEPTED", new("Your side has accepted them; the other has not yet.", "Votre partie les a acceptés ; l'autre pas encore."))
            : new Outcome<TestDeliveryRow>.Accepted(delivery.AcceptedBy(side, now));
    }
}
