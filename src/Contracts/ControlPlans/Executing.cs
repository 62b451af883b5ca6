using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;
using Kind = Delegation.Contracts.V1.PlannedControl.Types.Kind;
using Result = Delegation.Contracts.V1.Control.Types.Result;
using State = Delegation.Contracts.V1.Control.Types.State;

namespace Delegation.Contracts.ControlPlans;

/// <summary>What somebody who makes a control does to it.</summary>
internal static class Executing
{
    private const int MostFiles = 50;

    /// <summary>A file that the control rests on, while it is not recorded: what was concluded from is whole when the conclusion is drawn.</summary>
    public static Outcome<Control> Attach(Control control, EvidenceFile file, Caller caller) =>
        Refused(control, caller) ?? (control.Files.Count >= MostFiles
            ? ControlRefusals.TooManyFiles
            : new Outcome<Control>.Accepted(new Control(control) { Files = { file } }));

    public static Outcome<Control> Execute(Control control, ExecuteControlRequest request, Caller caller, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        ReadDay(control, request, ParisDays.DayAt(now), violations);
        ReadCounts(control, request, violations);
        ChoiceField.Check("result", request.Result, violations);
        if (request.Result == Result.Conform && request.Anomalies > 0)
            violations.Add(new("result", "RESULT_CONTRADICTED", new("With anomalies it is not conform without reservations.", "Avec des anomalies, il n'est pas conforme sans réserve."),
                new("Choose CONFORM_WITH_RESERVATIONS or NOT_CONFORM.", "Choisissez CONFORM_WITH_RESERVATIONS ou NOT_CONFORM.")));
        var summary = request.Result is Result.ConformWithReservations or Result.NotConform
            ? TextField.ReadRequiredText("summary", request.Summary, 4000, violations)
            : TextField.ReadText("summary", request.Summary, 4000, violations);
        if (violations.Count > 0)
            return new Outcome<Control>.Invalid(violations);

        return Refused(control, caller) ?? new Outcome<Control>.Accepted(new Control(control)
        {
            State = State.Executed, ExecutionDay = request.ExecutionDay, SampleSize = request.SampleSize, Anomalies = request.Anomalies, Result = request.Result,
            Summary = summary!, PersonId = caller.PersonId.ToString(), RecordTime = Timestamp.FromDateTime(now.InMicroseconds()),
        });
    }

    /// <summary>Why somebody may do nothing to a control now; null when they may.</summary>
    public static Outcome<Control>? Refused(Control control, Caller caller) =>
        control.OwnerPersonId != caller.PersonId.ToString() && !ControlWork.Responsible.Any(role => caller.Roles.Contains(role.Code())) ? ControlRefusals.OfSomebodyElse
        : control.State != State.Planned ? ControlRefusals.NotPlanned
        : null;

    private static void ReadDay(Control control, ExecuteControlRequest request, DateOnly today, List<FieldViolation> violations)
    {
        var day = DayField.Read("execution_day", request.ExecutionDay, violations);
        if (day > today)
            violations.Add(new("execution_day", "EXECUTION_DAY_IN_FUTURE", new("A control is recorded once it was made.", "Un contrôle est enregistré une fois réalisé."), new("Give today or an earlier day.", "Indiquez aujourd'hui ou un jour antérieur.")));
        else if (ParisDays.DayAt(control.CreateTime.ToDateTimeOffset()) is var planned && day < planned)
            violations.Add(new("execution_day", "EXECUTION_DAY_BEFORE_PLAN", new($"The control was planned on {planned:yyyy-MM-dd}.", $"Le contrôle a été prévu le {planned:dd/MM/yyyy}."), new("Give that day or a later one.", "Indiquez ce jour ou un jour ultérieur.")));
    }

    private static void ReadCounts(Control control, ExecuteControlRequest request, List<FieldViolation> violations)
    {
        var notNegative = new LocalizedText("Give 0 or more.", "Indiquez 0 ou plus.");
        if (request.SampleSize < 0)
            violations.Add(new("sample_size", "SAMPLE_SIZE_MALFORMED", new("A sample has no negative size.", "La taille d'un échantillon n'est pas négative."), notNegative));
        else if (request.SampleSize == 0 && control.Planned.Kind is Kind.SampleOfFiles or Kind.Recomputation)
            violations.Add(new("sample_size", "SAMPLE_SIZE_REQUIRED", new("How many were looked at is not said.", "Le nombre d'éléments examinés n'est pas indiqué."), new("Give the size of the sample.", "Indiquez la taille de l'échantillon.")));
        if (request.Anomalies < 0)
            violations.Add(new("anomalies", "ANOMALIES_MALFORMED", new("There is no negative number of anomalies.", "Le nombre d'anomalies n'est pas négatif."), notNegative));
        else if (request.SampleSize > 0 && request.Anomalies > request.SampleSize)
            violations.Add(new("anomalies", "ANOMALIES_TOO_MANY", new("There are more anomalies than were looked at.", "Il y a plus d'anomalies que d'éléments examinés."), new("Count each file or figure once.", "Comptez chaque dossier ou montant une fois.")));
    }
}
