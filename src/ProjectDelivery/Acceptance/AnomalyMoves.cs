using Delegation.Access.V1;
using Delegation.Persistence.Access;
using Delegation.ServiceDefaults.Outcomes;
using State = Delegation.Delivery.V1.Anomaly.Types.State;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>How an anomaly goes from open to closed. No move of one side does what takes the other.</summary>
internal static class AnomalyMoves
{
    /// <summary>What is said of it changes. One side may raise the severity, and not lower it.</summary>
    public static Outcome<AnomalyRow> Change(AnomalyRow anomaly, AnomalyFields fields, DateTime now) => anomaly.In is State.Closed
        ? Closed<AnomalyRow>()
        : fields.Severity > anomaly.Hurts
            ? new Outcome<AnomalyRow>.Refused(
                "SEVERITY_LOWERED",
                new("One side alone does not lower the severity: propose it to the other.", "Une partie seule n'abaisse pas la gravité : proposez-le à l'autre."))
            : Accepted(WithoutProposal(anomaly) with
            {
                Title = fields.Title,
                Description = fields.Description,
                Severity = fields.Severity.Stored(),
                Side = fields.Side.Code(),
                DueDay = fields.DueDay,

                // What was accepted as less than it turns out to be is open again.
                State = (anomaly.In is State.AcceptedWithReserve && fields.Severity < anomaly.Hurts ? State.Open : anomaly.In).Stored(),
                Reserve = fields.Severity < anomaly.Hurts ? "" : anomaly.Reserve,
            }, now);

    /// <summary>The side that is to fix it says that it did.</summary>
    public static Outcome<AnomalyRow> Fix(AnomalyRow anomaly, Side side, string fix, DateTime now) =>
        anomaly.In is not (State.Open or State.AcceptedWithReserve)
            ? new Outcome<AnomalyRow>.Refused("ANOMALY_NOT_OPEN", new("This anomaly is not open.", "Cette anomalie n'est pas ouverte."))
            : anomaly.Fixer != side
                ? new Outcome<AnomalyRow>.Refused(
                    "ANOMALY_OF_OTHER_SIDE", new("The other side is to fix this anomaly.", "La correction de cette anomalie revient à l'autre partie."))
                : Accepted(WithoutProposal(anomaly) with { State = State.Fixed.Stored(), Fix = fix, Reserve = "" }, now);

    /// <summary>A run of its case passed.</summary>
    public static AnomalyRow Retest(AnomalyRow anomaly, DateTime now) =>
        anomaly.In is State.Fixed ? Moved(anomaly with { State = State.Retested.Stored() }, now) : anomaly;

    /// <summary>A run of its case did not pass, for the same reason. With what both sides accepted they live on.</summary>
    public static Outcome<AnomalyRow> FailAgain(AnomalyRow anomaly, DateTime now) => anomaly.In switch
    {
        State.Closed => Closed<AnomalyRow>(),
        State.Fixed or State.Retested => Accepted(anomaly with { State = State.Open.Stored() }, now),
        _ => new Outcome<AnomalyRow>.Accepted(anomaly),
    };

    /// <summary>The side that did not have to fix it is content.</summary>
    public static Outcome<AnomalyRow> Close(AnomalyRow anomaly, Side side, DateTime now) => anomaly.In is not State.Retested
        ? new Outcome<AnomalyRow>.Refused(
            "ANOMALY_NOT_RETESTED", new("No run of its case passed after a fix.", "Aucun passage réussi de son cas n'a suivi une correction."))
        : anomaly.Fixer == side
            ? new Outcome<AnomalyRow>.Refused(
                "ANOMALY_OF_OWN_SIDE", new("Your side fixed it: the other closes it.", "Votre partie l'a corrigée : l'autre la clôt."))
            : Accepted(WithoutProposal(anomaly) with { State = State.Closed.Stored() }, now);

    public static Outcome<T> Closed<T>() => new Outcome<T>.Refused("ANOMALY_CLOSED", new("This anomaly is closed.", "Cette anomalie est close."));

    public static AnomalyRow WithoutProposal(AnomalyRow anomaly) => anomaly with { ProposedSeverity = null, ProposedReserve = null, ProposedBy = null };

    public static AnomalyRow Moved(AnomalyRow anomaly, DateTime now) => anomaly with { UpdateTime = now, Revision = anomaly.Revision + 1 };

    private static Outcome<AnomalyRow> Accepted(AnomalyRow anomaly, DateTime now) => new Outcome<AnomalyRow>.Accepted(Moved(anomaly, now));
}
