using Delegation.Delivery.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Content = Delegation.Delivery.V1.AnswerQuestionRequest.ContentOneofCase;

namespace Delegation.ProjectDelivery.Scoping.Answers;

/// <summary>Reads what is answered to a question, with texts as they are kept.</summary>
internal static class AnswerContents
{
    private const int MostParts = 50;
    private const int MostReports = 40;
    private const int MostFunctions = 50;
    private const int TitleLength = 150;

    private static readonly FieldViolation Required = new(
        "content", "CONTENT_REQUIRED", new("Nothing is answered.", "Aucune réponse n'est donnée."),
        new("Fill in one of take_over, reports, segments and functions; the grid is sent as a file.",
            "Renseignez l'un de take_over, reports, segments et functions ; la grille s'envoie sous forme de fichier."));

    /// <summary>The question, and a message that has the content alone.</summary>
    public static (ScopingQuestion Question, ScopingAnswer Said) Read(AnswerQuestionRequest request, ICollection<FieldViolation> violations)
    {
        switch (request.ContentCase)
        {
            case Content.TakeOver:
                return (ScopingQuestion.TakeOver, new ScopingAnswer { TakeOver = TakeOver(request.TakeOver, violations) });
            case Content.Reports:
                return (ScopingQuestion.Reports, new ScopingAnswer { Reports = Reports(request.Reports, violations) });
            case Content.Segments:
                return (ScopingQuestion.ThirdPartySegments, new ScopingAnswer { Segments = Segments(request.Segments, violations) });
            case Content.Functions:
                return (ScopingQuestion.DigitalFunctions, new ScopingAnswer { Functions = Functions(request.Functions, violations) });
            default:
                violations.Add(Required);
                return (ScopingQuestion.Unspecified, new ScopingAnswer());
        }
    }

    private static TakeOverAnswer TakeOver(TakeOverAnswer answer, ICollection<FieldViolation> violations)
    {
        AnswerReading.ReadLimit("take_over.parts", answer.Parts.Count, MostParts, violations);
        var codes = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return new TakeOverAnswer
        {
            Parts =
            {
                answer.Parts.Select((part, place) =>
                {
                    var at = $"take_over.parts[{place}]";
                    AnswerReading.ReadEnum($"{at}.category", part.Category, violations);
                    if (part.ItemCount < 0)
                        violations.Add(ItemCountNegative($"{at}.item_count"));
                    return new TakeOverPart
                    {
                        Code = AnswerReading.ReadCode($"{at}.code", part.Code, codes, violations),
                        Category = part.Category,
                        Title = TextField.ReadLine($"{at}.title", part.Title, TitleLength, violations) ?? "",
                        Source = TextField.ReadLine($"{at}.source", part.Source, 200, violations) ?? "",
                        ItemCount = part.ItemCount,
                        Amount = EuroField.ReadOptional($"{at}.amount", part.Amount, violations) is { } cents ? EuroField.Write(cents) : null,
                        PersonalData = part.PersonalData,
                    };
                }),
            },
        };
    }

    private static ReportsAnswer Reports(ReportsAnswer answer, ICollection<FieldViolation> violations)
    {
        AnswerReading.ReadLimit("reports.reports", answer.Reports.Count, MostReports, violations);
        foreach (var missing in new[] { ReportKind.Operational, ReportKind.Technical }.Where(kind => answer.Reports.All(report => report.Kind != kind)))
            violations.Add(new FieldViolation(
                "reports.reports", "KIND_MISSING",
                new($"There is no {missing.ToString().ToLowerInvariant()} report.", $"Il n'y a pas de reporting {(missing == ReportKind.Technical ? "technique" : "opérationnel")}."),
                new("The insurer needs both kinds to steer: add one.", "L'assureur a besoin des deux natures pour piloter : ajoutez-en un.")));

        var codes = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return new ReportsAnswer
        {
            Reports =
            {
                answer.Reports.Select((report, place) =>
                {
                    var at = $"reports.reports[{place}]";
                    AnswerReading.ReadEnum($"{at}.kind", report.Kind, violations);
                    AnswerReading.ReadEnum($"{at}.periodicity", report.Periodicity, violations);
                    AnswerReading.ReadEnum($"{at}.format", report.Format, violations);
                    if (report.DueDays is < 0 or > 366)
                        violations.Add(DueDaysOutOfRange($"{at}.due_days"));
                    return new ReportWish(report)
                    {
                        Code = AnswerReading.ReadCode($"{at}.code", report.Code, codes, violations),
                        Title = TextField.ReadLine($"{at}.title", report.Title, TitleLength, violations) ?? "",
                        Recipient = TextField.ReadLine($"{at}.recipient", report.Recipient, 200, violations) ?? "",
                    };
                }),
            },
        };
    }

    private static SegmentsAnswer Segments(SegmentsAnswer answer, ICollection<FieldViolation> violations)
    {
        AnswerReading.ReadLimit("segments.segments", answer.Segments.Count, Enum.GetValues<ThirdPartySegment>().Length - 1, violations);
        var segments = new HashSet<ThirdPartySegment>();
        return new SegmentsAnswer
        {
            Segments =
            {
                answer.Segments.Select((retained, place) =>
                {
                    var at = $"segments.segments[{place}]";
                    if (AnswerReading.ReadEnum($"{at}.segment", retained.Segment, violations) && !segments.Add(retained.Segment))
                        violations.Add(new FieldViolation(
                            $"{at}.segment", "SEGMENT_TWICE", new("This segment is retained already.", "Ce segment est déjà retenu."), new("Keep it once.", "Ne le gardez qu'une fois.")));
                    return new RetainedSegment
                    {
                        Segment = retained.Segment,
                        Operator = TextField.ReadLine($"{at}.operator", retained.Operator, 100, violations) ?? "",
                    };
                }),
            },
        };
    }

    private static FunctionsAnswer Functions(FunctionsAnswer answer, ICollection<FieldViolation> violations)
    {
        AnswerReading.ReadLimit("functions.functions", answer.Functions.Count, MostFunctions, violations);
        var codes = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return new FunctionsAnswer
        {
            Functions =
            {
                answer.Functions.Select((function, place) =>
                {
                    var at = $"functions.functions[{place}]";
                    AnswerReading.ReadEnum($"{at}.audience", function.Audience, violations);
                    return new DigitalFunction
                    {
                        Code = AnswerReading.ReadCode($"{at}.code", function.Code, codes, violations),
                        Title = TextField.ReadLine($"{at}.title", function.Title, TitleLength, violations) ?? "",
                        Audience = function.Audience,
                        OpeningDay = DayField.Write(DayField.ReadOptional($"{at}.opening_day", function.OpeningDay, violations)),
                    };
                }),
            },
        };
    }

    public static FieldViolation ItemCountNegative(string field) => new(
        field, "ITEM_COUNT_NEGATIVE", new("There cannot be fewer than no items.", "Le nombre d'éléments ne peut pas être négatif."), new("Give 0 or more.", "Indiquez 0 ou plus."));

    public static FieldViolation DueDaysOutOfRange(string field) => new(
        field, "DUE_DAYS_OUT_OF_RANGE", new("This is not between 0 and 366 days.", "Ceci n'est pas compris entre 0 et 366 jours."),
        new("Say how many days after the end of the period.", "Indiquez le nombre de jours après la fin de la période."));
}
