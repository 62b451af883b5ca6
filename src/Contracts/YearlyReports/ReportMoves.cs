using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Files;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf.WellKnownTypes;
using Basis = Delegation.Contracts.V1.YearlyReportTerms.Types.Basis;
using State = Delegation.Contracts.V1.YearlyReport.Types.State;

namespace Delegation.Contracts.YearlyReports;

/// <summary>What the two do about a report: by when it is due, what it says, what the board said.</summary>
internal static class ReportMoves
{
    private const int LongestText = 4000;
    private const int MostFigures = 50;

    /// <summary>The terms that a request asks for.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="former">Those before; null for none.</param>
    /// <param name="delegation">Of which delegation.</param>
    /// <param name="isLaw">Whether the law asks for a report.</param>
    /// <param name="today">The day that it is.</param>
    public static Outcome<YearlyReportTermsRow> SetTerms(
        SetYearlyReportTermsRequest request, YearlyReportTermsRow? former, SharedDelegation delegation, bool isLaw, DateOnly today)
    {
        var violations = new List<FieldViolation>();
        if (request.FirstYear < today.Year - 2 || request.FirstYear > today.Year + 1)
            violations.Add(new("first_year", "FIRST_YEAR_OUT_OF_RANGE", new("The first year is too far away.", "La première année est trop éloignée."),
                new($"Give a year from {today.Year - 2} to {today.Year + 1}.", $"Indiquez une année de {today.Year - 2} à {today.Year + 1}.")));
        var due = DayField.Read("first_due_day", request.FirstDueDay, violations);
        if (due is { } day && (day.Year != request.FirstYear + 1 || day is { Month: 2, Day: 29 }))
            violations.Add(new("first_due_day", "FIRST_DUE_DAY_OUT_OF_YEAR", new("A report is due in the year after its own, on a day that each year has.", "Un rapport est dû l'année suivante, un jour que chaque année compte."),
                new($"Give a day of {request.FirstYear + 1}.", $"Indiquez un jour de {request.FirstYear + 1}.")));
        var agreement = isLaw
            ? TextField.ReadText("agreement", request.Agreement, 500, violations)
            : TextField.ReadRequiredText("agreement", request.Agreement, 500, violations);
        if (isLaw && agreement is { Length: > 0 })
            violations.Add(new("agreement", "AGREEMENT_UNWANTED", new("The law asks for this report; nothing has to be agreed on.", "La loi impose ce rapport ; aucun accord n'est nécessaire."), new("Leave it empty.", "Laissez-le vide.")));
        if (violations.Count > 0)
            return new Outcome<YearlyReportTermsRow>.Invalid(violations);

        return former is { HasBegun: true } && former.FirstYear != request.FirstYear
            ? YearlyReportRefusals.Begun
            : new Outcome<YearlyReportTermsRow>.Accepted(new YearlyReportTermsRow(
                delegation.InsurerId, delegation.Id, delegation.DelegateId, request.FirstYear, due!.Value, (isLaw ? Basis.MutualCode : Basis.Agreed).Stored(), agreement!,
                former is { HasBegun: true } ? former.NextYear : request.FirstYear, (former?.Revision ?? 0) + 1));
    }

    /// <summary>A draft as it is submitted: the report has that version since, and waits for the board.</summary>
    public static Outcome<YearlyReportVersion> Submit(SubmitYearlyReportRequest request, YearlyReportVersion? draft, int submitted, Caller caller, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        var statements = ReadStatements(request.Statements, violations);
        var reason = submitted > 0
            ? TextField.ReadRequiredText("reason", request.Reason, 500, violations)
            : TextField.ReadText("reason", request.Reason, 500, violations);
        if (violations.Count > 0)
            return new Outcome<YearlyReportVersion>.Invalid(violations);

        return draft is null
            ? YearlyReportRefusals.FileMissing
            : new Outcome<YearlyReportVersion>.Accepted(new YearlyReportVersion(draft)
            {
                Draft = false, Number = submitted + 1, Statements = statements, Reason = reason!, PersonId = caller.PersonId.ToString(), SubmitTime = Timestamp.FromDateTime(now.InMicroseconds()),
            });
    }

    /// <summary>The board's words on the latest version.</summary>
    public static Outcome<YearlyReport> Present(RecordPresentationRequest request, YearlyReport report, YearlyReportVersion? latest, Caller caller, DateTimeOffset now)
    {
        var violations = new List<FieldViolation>();
        var day = DayField.Read("day", request.Day, violations);
        var decision = TextField.ReadRequiredText("decision", request.Decision, LongestText, violations);
        if (day > ParisDays.DayAt(now))
            violations.Add(new("day", "DAY_IN_FUTURE", new("The board has not met yet.", "Le conseil ne s'est pas encore réuni."), new("Give today or an earlier day.", "Indiquez aujourd'hui ou un jour antérieur.")));
        else if (latest is not null && day < ParisDays.DayAt(latest.SubmitTime.ToDateTimeOffset()))
            violations.Add(new("day", "DAY_BEFORE_SUBMISSION", new("The version was not submitted then.", "La version n'était pas encore remise."), new("Give the day of its submission or a later one.", "Indiquez le jour de sa remise ou un jour ultérieur.")));
        if (violations.Count > 0)
            return new Outcome<YearlyReport>.Invalid(violations);

        return latest is null || report.State != State.Submitted
            ? YearlyReportRefusals.NotSubmitted
            : new Outcome<YearlyReport>.Accepted(new YearlyReport(report)
            {
                State = State.Presented,
                Presentations =
                {
                    new BoardPresentation
                    {
                        Number = latest.Number, Day = request.Day, Decision = decision!, PersonId = caller.PersonId.ToString(), RecordTime = Timestamp.FromDateTime(now.InMicroseconds()),
                    },
                },
            });
    }

    private static YearlyStatements ReadStatements(YearlyStatements? statements, List<FieldViolation> violations)
    {
        if (statements is null)
        {
            violations.Add(new("statements", "STATEMENTS_REQUIRED", new("What the report says is missing.", "La synthèse du rapport manque."), new("Say it in short.", "Donnez-la en bref.")));
            return new YearlyStatements();
        }

        ListLimits.Check("statements.key_figures", statements.KeyFigures.Count, MostFigures, violations);
        return new YearlyStatements
        {
            Activities = TextField.ReadRequiredText("statements.activities", statements.Activities, LongestText, violations) ?? "",
            Incidents = ReadCount("statements.incidents", "INCIDENTS_MALFORMED", statements.Incidents, violations),
            IncidentSummary = (statements.Incidents > 0
                ? TextField.ReadRequiredText("statements.incident_summary", statements.IncidentSummary, LongestText, violations)
                : TextField.ReadText("statements.incident_summary", statements.IncidentSummary, LongestText, violations)) ?? "",
            Complaints = ReadCount("statements.complaints", "COMPLAINTS_MALFORMED", statements.Complaints, violations),
            KeyFigures = { statements.KeyFigures.Take(MostFigures).Select((figure, place) => Read($"statements.key_figures[{place}]", figure, violations)) },
            Outlook = TextField.ReadText("statements.outlook", statements.Outlook, LongestText, violations) ?? "",
        };
    }

    private static KeyFigure Read(string at, KeyFigure figure, List<FieldViolation> violations) => new()
    {
        Label = TextField.ReadLine($"{at}.label", figure.Label, 200, violations) ?? "",
        Value = TextField.ReadLine($"{at}.value", figure.Value, 100, violations) ?? "",
        SourceSha256 = figure.SourceSha256.Length == 0 ? "" : FileHash.Read($"{at}.source_sha256", figure.SourceSha256, violations) ?? "",
    };

    private static int ReadCount(string field, string reason, int count, List<FieldViolation> violations)
    {
        if (count < 0)
            violations.Add(new(field, reason, new("There is no negative number of them.", "Ce nombre n'est pas négatif."), new("Give 0 or more.", "Indiquez 0 ou plus.")));
        return count;
    }
}
