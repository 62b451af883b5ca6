using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using State = Delegation.Delivery.V1.Anomaly.Types.State;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>What a side wants to become of an anomaly: a lower severity, or that both live with it. It takes effect when the other wants the same.</summary>
internal sealed record Settlement(AnomalySeverity? Severity, string? Reserve)
{
    private static readonly LocalizedText GiveOne = new("Give either a severity or a reserve.", "Indiquez soit une gravité, soit une réserve.");

    /// <summary>Null with violations.</summary>
    public static Settlement? Read(SettleAnomalyRequest request, ICollection<FieldViolation> violations)
    {
        var before = violations.Count;
        if (request.Severity != AnomalySeverity.Unspecified)
            ChoiceField.Check("severity", request.Severity, violations);
        var reserve = TextField.ReadText("reserve", request.Reserve, 2000, violations);
        if (request.Severity == AnomalySeverity.Unspecified && reserve is "")
            violations.Add(new("severity", "SETTLEMENT_REQUIRED", new("Nothing is proposed.", "Rien n'est proposé."), GiveOne));
        if (request.Severity != AnomalySeverity.Unspecified && reserve is not (null or ""))
            violations.Add(new("severity", "SETTLEMENT_AMBIGUOUS", new("Two things are proposed at once.", "Deux choses sont proposées à la fois."), GiveOne));

        return violations.Count > before ? null
            : reserve is "" ? new Settlement(request.Severity, null)
            : new Settlement(null, reserve);
    }

    /// <summary>The proposal of one side, or with the same one of the other side what follows.</summary>
    public Outcome<AnomalyRow> Propose(AnomalyRow anomaly, Side side, DateTime now)
    {
        if (anomaly.In is State.Closed or State.AcceptedWithReserve)
            return AnomalyMoves.Closed<AnomalyRow>();
        if (Severity is { } lower && lower <= anomaly.Hurts)
            return new Outcome<AnomalyRow>.Refused(
                "SEVERITY_NOT_LOWERED",
                new("This severity is not lower than it is; to raise it, change the anomaly.", "Cette gravité n'est pas plus basse ; pour la relever, modifiez l'anomalie."));
        if (Reserve is not null && anomaly.Hurts == AnomalySeverity.Blocking)
            return new Outcome<AnomalyRow>.Refused(
                "ANOMALY_BLOCKING",
                new("A blocking anomaly is not accepted with a reserve. Lower its severity first.",
                    "Une anomalie bloquante ne s'accepte pas avec réserve. Abaissez d'abord sa gravité."));
        if (!IsProposedBy(anomaly, side == Side.Insurer ? Side.Delegate : Side.Insurer))
            return IsProposedBy(anomaly, side)
                ? new Outcome<AnomalyRow>.Refused(
                    "ALREADY_PROPOSED", new("Your side proposed this already; the other has not agreed yet.", "Votre partie l'a déjà proposé ; l'autre pas encore."))
                : Accepted(anomaly with { ProposedSeverity = Severity?.Stored(), ProposedReserve = Reserve, ProposedBy = side.Code() }, now);

        var settled = AnomalyMoves.WithoutProposal(anomaly);
        return Accepted(Reserve is null
            ? settled with { Severity = Severity!.Value.Stored() }
            : settled with { State = State.AcceptedWithReserve.Stored(), Reserve = Reserve }, now);
    }

    private bool IsProposedBy(AnomalyRow anomaly, Side side) =>
        anomaly.ProposedBy == side.Code() && anomaly.ProposedSeverity == Severity?.Stored() && anomaly.ProposedReserve == Reserve;

    private static Outcome<AnomalyRow> Accepted(AnomalyRow anomaly, DateTime now) => new Outcome<AnomalyRow>.Accepted(AnomalyMoves.Moved(anomaly, now));
}
