using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Kind = Delegation.Contracts.V1.AuditMission.Types.Kind;
using State = Delegation.Contracts.V1.AuditMission.Types.State;

namespace Delegation.Contracts.Audits;

/// <summary>A mission as somebody plans it.</summary>
internal static class Planning
{
    public const int MostAuditors = 20;

    private const int LongestTitle = 200;
    private const int LongestText = 500;
    private const int LongestNotice = 90;
    private const int LongestWindow = 366;

    /// <param name="request">What was asked for.</param>
    /// <param name="delegation">Of which delegation.</param>
    /// <param name="side">Who records it.</param>
    /// <param name="ground">What was agreed.</param>
    /// <param name="auditors">Those of the members named who are auditors.</param>
    /// <param name="id">Of the mission.</param>
    /// <param name="now">When.</param>
    /// <param name="violations">What is wrong with the ids in it.</param>
    public static Outcome<AuditMissionRow> Plan(
        PlanAuditMissionRequest request, SharedDelegation delegation, Side side, AuditGround ground, IReadOnlyList<Auditor> auditors, Guid id, DateTimeOffset now,
        List<FieldViolation> violations)
    {
        var today = ParisDays.DayAt(now);
        if (!StoredNames.IsKnown(request.Kind))
            violations.Add(new("kind", "KIND_REQUIRED", new("Who audits is not said.", "L'auditeur n'est pas indiqué."), new("Choose one of the kinds.", "Choisissez l'une des natures.")));
        var title = TextField.ReadLine("title", request.Title, LongestTitle, violations);
        var basis = TextField.ReadText("legal_basis", request.LegalBasis, LongestText, violations);
        var audited = request.AuditedSide == Side.Unspecified ? Side.Delegate : request.AuditedSide;
        if (audited is not (Side.Insurer or Side.Delegate))
            violations.Add(new("audited_side", "AUDITED_SIDE_UNKNOWN", new("This is no party of a delegation.", "Ceci n'est pas une partie à une délégation."), new("Choose the insurer or the delegate.", "Choisissez l'assureur ou le délégataire.")));
        ReadSubjects(request, violations);
        var (start, end) = (DayField.Read("period_start_day", request.PeriodStartDay, violations), DayField.Read("period_end_day", request.PeriodEndDay, violations));
        if (end < start)
            violations.Add(new("period_end_day", "PERIOD_END_DAY_BEFORE_START", new("The period ends before it starts.", "La période finit avant de commencer."), new("Give the first day or a later one.", "Indiquez le premier jour ou un jour ultérieur.")));
        var (open, close) = ReadWindow(request, today, violations);
        var urgent = ReadUrgency(request, violations);
        var notice = ReadNotice(request, ground, urgent, violations);
        if (auditors.Count < request.AuditorIds.Count && !violations.Any(violation => violation.Field.StartsWith("auditor_ids", StringComparison.Ordinal)))
            violations.Add(new("auditor_ids", "AUDITOR_ROLE_REQUIRED", new("Somebody named is no member of your organisation with the role auditor alone.", "Une personne désignée n'est pas membre de votre organisme avec le seul rôle d'auditeur."),
                new("Invite auditors with ROLE_AUDITOR and no other role.", "Invitez les auditeurs avec ROLE_AUDITOR et aucun autre rôle.")));
        if (violations.Count > 0)
            return new Outcome<AuditMissionRow>.Invalid(violations);

        if (side == Side.Delegate && (!request.Kind.IsAuthority() || audited != Side.Delegate))
            return AuditRefusals.NotOfYourSide;

        return new Outcome<AuditMissionRow>.Accepted(new AuditMissionRow
        {
            OwnerId = delegation.InsurerId,
            DelegationId = delegation.Id,
            DelegateId = delegation.DelegateId,
            Id = id,
            Kind = request.Kind.Stored(),
            Title = title!,
            LegalBasis = basis!.Length > 0 ? basis : request.Kind.UsualBasis(),
            ClauseCode = ground.ClauseCode,
            ClauseTitle = ground.ClauseTitle,
            AuditedSide = (request.Kind == Kind.Client ? Side.Delegate : audited).Code(),
            RecordedBy = side.Code(),
            Subjects = [.. request.Subjects.Order().Select(subject => subject.Stored())],
            PeriodStartDay = start!.Value,
            PeriodEndDay = end!.Value,
            NoticeDays = notice,
            UrgentReason = urgent,
            OpenDay = open!.Value,
            CloseDay = close!.Value,
            AccessStart = ParisDays.StartOf(open.Value).UtcDateTime,
            AccessEnd = ParisDays.EndOf(close.Value).UtcDateTime,
            Auditors = ProtoJson.WriteList(auditors),
            ReadsSeenBy = request.Kind.ReadsSeenBy().Stored(),
            State = State.Planned.Stored(),
            CreateTime = now.InMicroseconds(),
            Revision = 1,
        });
    }

    private static void ReadSubjects(PlanAuditMissionRequest request, List<FieldViolation> violations)
    {
        var help = new LocalizedText(
            "Name what may be looked at, each once; the mission itself goes without saying.", "Indiquez ce qui peut être consulté, chaque domaine une fois ; la mission elle-même va de soi.");
        if (request.Subjects.Count == 0)
            violations.Add(new("subjects", "SUBJECTS_REQUIRED", new("What may be looked at is not said.", "Ce qui peut être consulté n'est pas indiqué."), help));
        else if (request.Subjects.Distinct().Count() < request.Subjects.Count || request.Subjects.Except(AuditKinds.Subjects).Any())
            violations.Add(new("subjects", "SUBJECTS_MALFORMED", new("A subject is named twice, or is none.", "Un domaine est cité deux fois, ou n'existe pas."), help));
    }

    private static (DateOnly? Open, DateOnly? Close) ReadWindow(PlanAuditMissionRequest request, DateOnly today, List<FieldViolation> violations)
    {
        var (open, close) = (DayField.Read("open_day", request.OpenDay, violations), DayField.Read("close_day", request.CloseDay, violations));
        if (close < open)
            violations.Add(new("close_day", "CLOSE_DAY_BEFORE_OPEN", new("The mission ends before it opens.", "La mission finit avant d'ouvrir."), new("Give the first day or a later one.", "Indiquez le premier jour ou un jour ultérieur.")));
        else if (open is { } first && close > first.AddDays(LongestWindow))
            violations.Add(new("close_day", "CLOSE_DAY_TOO_LATE", new("A mission is open for a year at most.", "Une mission est ouverte un an au plus."), new($"Give {first.AddDays(LongestWindow):yyyy-MM-dd} or an earlier day.", $"Indiquez le {first.AddDays(LongestWindow):dd/MM/yyyy} ou un jour antérieur.")));
        else if (close < today)
            violations.Add(new("close_day", "CLOSE_DAY_PASSED", new("This day is over already.", "Ce jour est déjà passé."), new("Give today or a later day.", "Indiquez aujourd'hui ou un jour ultérieur.")));

        return (open, close);
    }

    private static string ReadUrgency(PlanAuditMissionRequest request, List<FieldViolation> violations)
    {
        var reason = TextField.ReadText("urgent_reason", request.UrgentReason, LongestText, violations) ?? "";
        if (reason.Length > 0 && request.Kind != Kind.Client)
            violations.Add(new("urgent_reason", "URGENT_REASON_UNWANTED", new("Only an audit by the client needs a reason to do without notice.", "Seul un audit de l'assureur doit motiver l'absence de préavis."), new("Leave it empty.", "Laissez-le vide.")));

        return reason;
    }

    private static int ReadNotice(PlanAuditMissionRequest request, AuditGround ground, string urgent, List<FieldViolation> violations)
    {
        void Wrong(string reason, LocalizedText what, LocalizedText help) => violations.Add(new("notice_days", reason, what, help));

        var asked = request.NoticeDays;
        if (asked is < 0 or > LongestNotice)
            Wrong("NOTICE_DAYS_MALFORMED", new("This is no number of days from 0 to 90.", "Ceci n'est pas un nombre de jours de 0 à 90."), new("Give a number of working days, or 0.", "Indiquez un nombre de jours ouvrés, ou 0."));
        else if (request.Kind != Kind.Client || urgent.Length > 0)
        {
            if (asked > 0)
                Wrong("NOTICE_DAYS_UNWANTED", new("No notice is due for this mission.", "Aucun préavis n'est dû pour cette mission."), new("Give 0.", "Indiquez 0."));
        }
        else if (ground.NoticeDays is { } agreed)
        {
            if (asked > 0 && asked < agreed)
                Wrong("NOTICE_DAYS_TOO_SHORT", new($"The contract says {agreed} working days.", $"Le contrat prévoit {agreed} jours ouvrés."), new($"Give {agreed} or more, or 0 for what the contract says.", $"Indiquez {agreed} ou plus, ou 0 pour le délai du contrat."));
            return Math.Max(asked, agreed);
        }
        else if (asked == 0)
            Wrong("NOTICE_DAYS_REQUIRED", new("No contract in force says how long the notice is.", "Aucun contrat en vigueur ne fixe le préavis."), new("Give the working days that you agreed on.", "Indiquez les jours ouvrés convenus."));

        return asked;
    }
}
