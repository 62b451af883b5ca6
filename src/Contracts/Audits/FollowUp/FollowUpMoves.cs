using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Mission = Delegation.Contracts.V1.AuditMission.Types;
using RequestState = Delegation.Contracts.V1.EvidenceRequest.Types.State;
using State = Delegation.Contracts.V1.AuditFinding.Types.State;

namespace Delegation.Contracts.Audits.FollowUp;

/// <summary>What is asked, answered, found, planned, done and closed.</summary>
internal static class FollowUpMoves
{
    private const int LongestTitle = 200;
    private const int LongestText = 4000;

    public static Outcome<EvidenceRow> Ask(AskEvidenceRequest request, AuditMissionRow mission, Guid id, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        var title = TextField.ReadLine("title", request.Title, LongestTitle, violations);
        var detail = TextField.ReadText("detail", request.Detail, LongestText, violations);
        var due = ReadDue(request.DueDay, now, violations);
        if (violations.Count > 0)
            return new Outcome<EvidenceRow>.Invalid(violations);

        return new Outcome<EvidenceRow>.Accepted(new EvidenceRow
        {
            OwnerId = mission.OwnerId, DelegationId = mission.DelegationId, DelegateId = mission.DelegateId, Id = id, MissionId = mission.Id,
            RecordedBy = mission.RecordedBy, AuditedSide = mission.AuditedSide, Title = title!, Detail = detail!, DueDay = due!.Value,
            State = RequestState.Asked.Stored(), CreateTime = now.InMicroseconds(), Revision = 1,
        });
    }

    public static Outcome<EvidenceRow> Attach(EvidenceRow request, EvidenceFile file) =>
        request.IsIn(RequestState.Accepted) ? FollowUpRefusals.RequestAccepted
        : request.ReadFiles() is var files && files.Count >= 50 ? FollowUpRefusals.TooManyFiles
        : new Outcome<EvidenceRow>.Accepted(request with { Files = ProtoJson.WriteList([.. files, file]), Revision = request.Revision + 1 });

    public static Outcome<EvidenceRow> Answer(EvidenceRow request, string answer, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        var text = TextField.ReadRequiredText("answer", answer, LongestText, violations);
        if (violations.Count > 0)
            return new Outcome<EvidenceRow>.Invalid(violations);

        return request.IsIn(RequestState.Accepted)
            ? FollowUpRefusals.RequestAccepted
            : new Outcome<EvidenceRow>.Accepted(request with
            {
                State = RequestState.Answered.Stored(), Answer = text!, AnswerTime = now.InMicroseconds(), Revision = request.Revision + 1,
            });
    }

    public static Outcome<EvidenceRow> Accept(EvidenceRow request) => request.IsIn(RequestState.Answered)
        ? new Outcome<EvidenceRow>.Accepted(request with { State = RequestState.Accepted.Stored(), Revision = request.Revision + 1 })
        : FollowUpRefusals.NotAnswered;

    /// <summary>A mission found it, or a control: not both, and not nobody. Null where the request says which.</summary>
    public static Outcome<AuditFinding>.Invalid? Unclear(RecordFindingRequest request) => (request.MissionId, request.ControlId) switch
    {
        ("", "") => new(new FieldViolation(
            "mission_id", "MISSION_ID_REQUIRED", new("Who found it is not said.", "L'origine du constat n'est pas indiquée."), new("Name a mission, or a control.", "Indiquez une mission, ou un contrôle."))),
        ({ Length: > 0 }, { Length: > 0 }) => new(new FieldViolation(
            "control_id", "CONTROL_ID_UNWANTED", new("A finding is that of a mission or of a control.", "Un constat est celui d'une mission ou d'un contrôle."), new("Name one of them.", "Indiquez l'un des deux."))),
        _ => null,
    };

    public static Outcome<FindingRow> Record(RecordFindingRequest request, FindingSource source, Guid id, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        if (!StoredNames.IsKnown(request.Severity))
            violations.Add(new("severity", "SEVERITY_REQUIRED", new("How grave it is is not said.", "La gravité n'est pas indiquée."), new("Choose one of the severities.", "Choisissez l'une des gravités.")));
        var title = TextField.ReadLine("title", request.Title, LongestTitle, violations);
        var detail = TextField.ReadText("detail", request.Detail, LongestText, violations);
        if (violations.Count > 0)
            return new Outcome<FindingRow>.Invalid(violations);

        return new Outcome<FindingRow>.Accepted(new FindingRow
        {
            OwnerId = source.OwnerId, DelegationId = source.DelegationId, DelegateId = source.DelegateId, Id = id, MissionId = source.MissionId, ControlId = source.ControlId,
            AuditedSide = source.AuditedSide, Severity = request.Severity.Stored(), Title = title!, Detail = detail!, State = State.Open.Stored(),
            CreateTime = now.InMicroseconds(), Revision = 1,
        });
    }

    public static Outcome<FindingRow> Plan(FindingRow finding, SetCorrectivePlanRequest request, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        var plan = TextField.ReadRequiredText("plan", request.Plan, LongestText, violations);
        var due = ReadDue(request.DueDay, now, violations);
        if (violations.Count > 0)
            return new Outcome<FindingRow>.Invalid(violations);

        // A later day does not make late what was late: the mark stays.
        return finding.IsIn(State.Open) || finding.IsIn(State.Planned)
            ? new Outcome<FindingRow>.Accepted(finding with { State = State.Planned.Stored(), Plan = plan!, DueDay = due, Revision = finding.Revision + 1 })
            : FollowUpRefusals.Done;
    }

    public static Outcome<FindingRow> Complete(FindingRow finding, string outcome)
    {
        var violations = new List<FieldViolation>();
        var text = TextField.ReadRequiredText("outcome", outcome, LongestText, violations);
        if (violations.Count > 0)
            return new Outcome<FindingRow>.Invalid(violations);

        return finding.IsIn(State.Planned)
            ? new Outcome<FindingRow>.Accepted(finding with { State = State.Done.Stored(), Outcome = text!, Revision = finding.Revision + 1 })
            : FollowUpRefusals.WithoutPlan;
    }

    public static Outcome<FindingRow> Validate(FindingRow finding, ValidateClosureRequest request, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        var verdict = request.Closed
            ? TextField.ReadText("verdict", request.Verdict, LongestText, violations)
            : TextField.ReadRequiredText("verdict", request.Verdict, LongestText, violations);
        if (violations.Count > 0)
            return new Outcome<FindingRow>.Invalid(violations);

        return !finding.IsIn(State.Done) ? FollowUpRefusals.NotDone
            : new Outcome<FindingRow>.Accepted(finding with
            {
                State = (request.Closed ? State.Closed : State.Planned).Stored(), Verdict = verdict!,
                CloseTime = request.Closed ? now.InMicroseconds() : null, Revision = finding.Revision + 1,
            });
    }

    /// <summary>True where the mission has opened: what was found is recorded during it or after.</summary>
    public static bool HasOpened(AuditMissionRow mission) => mission.IsIn(Mission.State.Open) || mission.IsIn(Mission.State.Closed);

    /// <summary>When a request is late; null when it cannot become so any more.</summary>
    public static DateTimeOffset? Next(EvidenceRow request) =>
        request.IsIn(RequestState.Asked) && request.OverdueTime is null ? ParisDays.EndOf(request.DueDay) : null;

    /// <summary>When the plan of a finding is late; null when it cannot become so any more.</summary>
    public static DateTimeOffset? Next(FindingRow finding) =>
        finding.IsIn(State.Planned) && finding.OverdueTime is null ? ParisDays.EndOf(finding.DueDay!.Value) : null;

    private static DateOnly? ReadDue(string day, DateTimeOffset now, List<FieldViolation> violations)
    {
        var due = DayField.Read("due_day", day, violations);
        if (due < ParisDays.DayAt(now))
            violations.Add(new("due_day", "DUE_DAY_PASSED", new("This day is over already.", "Ce jour est déjà passé."), new("Give today or a later day.", "Indiquez aujourd'hui ou un jour ultérieur.")));

        return due;
    }
}
