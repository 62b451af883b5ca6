using Outcome = Delegation.Reporting.V1.Operation.Types.Outcome;

namespace Delegation.Reporting.Imports.Kinds;

/// <summary>Management operations. What moved or was in stock in the period belongs to it: what is closed before or received after it does not.</summary>
internal static class OperationKind
{
    private const int Receive = 2;
    private const int Complete = 3;
    private const int Close = 4;
    private const int OutcomePlace = 5;

    public static readonly IReadOnlyDictionary<string, string> Kinds = Codes.Of(
        ("prestation noemie", V1.Operation.Types.Kind.ClaimNoemie), ("prestation hors noemie", V1.Operation.Types.Kind.ClaimOther), ("devis", V1.Operation.Types.Kind.Quote),
        ("prise en charge", V1.Operation.Types.Kind.HospitalCover), ("adhesion", V1.Operation.Types.Kind.Enrolment), ("carte", V1.Operation.Types.Kind.Card),
        ("paiement tiers payant", V1.Operation.Types.Kind.ProviderPayment), ("appel", V1.Operation.Types.Kind.Call), ("courriel", V1.Operation.Types.Kind.Email),
        ("courrier", V1.Operation.Types.Kind.Letter), ("reclamation", V1.Operation.Types.Kind.Complaint), ("resiliation", V1.Operation.Types.Kind.Termination),
        ("autre", V1.Operation.Types.Kind.Other));

    public static readonly ImportKind Kind = new(
        V1.Import.Types.Kind.Operations,
        "operation",
        [
            Fields.Reference,
            new("kind", FieldType.Code, true, ["kind", "nature"]) { Codes = Kinds },
            new("receive", FieldType.DayAndTime, true, ["receive", "reception"]) { Column = "receive_day" },
            new("complete", FieldType.Day, false, ["complete", "dossier complet"]) { Column = "complete_day", IsNullable = true },
            new("close", FieldType.DayAndTime, false, ["close", "cloture"]) { Column = "close_day", IsNullable = true },
            new("outcome", FieldType.Code, false, ["outcome", "issue"])
            {
                IsNullable = true,
                Codes = Codes.Of(("traite", Outcome.Processed), ("traitee", Outcome.Processed), ("refuse", Outcome.Refused), ("refusee", Outcome.Refused), ("sans suite", Outcome.Abandoned)),
            },
            new("automated", FieldType.YesNo, false, ["automated", "automatise"]) { IsNullable = true, Codes = Codes.YesNo },
        ],
        Check);

    private static void Check(ReadLine line, Period period)
    {
        var (receive, complete, close, start, end) = (line.Number(Receive), line.Number(Complete), line.Number(Close), period.Start.DayNumber, period.End.DayNumber);
        if (receive > end)
            line.Fault("receive", "RECEIVE_AFTER_PERIOD");
        if (complete < receive)
            line.Fault("complete", "COMPLETE_BEFORE_RECEIVE");
        if (complete > close)
            line.Fault("complete", "COMPLETE_AFTER_CLOSE");
        else if (complete > end)
            line.Fault("complete", "COMPLETE_AFTER_PERIOD");
        if (close < receive)
            line.Fault("close", "CLOSE_BEFORE_RECEIVE");
        else if (close < start)
            line.Fault("close", "CLOSE_BEFORE_PERIOD");
        else if (close > end)
            line.Fault("close", "CLOSE_AFTER_PERIOD");
        if (close is not null && !line.IsGiven(OutcomePlace))
            line.Fault("outcome", "OUTCOME_REQUIRED");
        if (!line.IsGiven(Close) && line.Code(OutcomePlace) is not null)
            line.Fault("outcome", "OUTCOME_WITHOUT_CLOSE");
    }
}
