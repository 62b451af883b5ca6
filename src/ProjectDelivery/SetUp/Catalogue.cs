using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Delegation.Delivery.V1;
using Delegation.Persistence.Commands;
using Delegation.ProjectDelivery.Scoping.Items;
using Delegation.ServiceDefaults.Calendar;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.ProjectDelivery.SetUp;

/// <summary>The calendar of a report as the database keeps it.</summary>
internal sealed record CalendarRow(Guid ReportId, DateOnly FirstPeriodDay, string Counting, long Revision);

/// <summary>What the sides consented to of a catalogue, as the database keeps it.</summary>
internal sealed record CatalogueRow(
    Guid Id, byte[] ContentSha256, Guid? InsurerPersonId, DateTime? InsurerConsentTime, Guid? DelegatePersonId, DateTime? DelegateConsentTime, long Revision)
{
    public ContentConsent Consent => new(ContentSha256, InsurerPersonId, InsurerConsentTime, DelegatePersonId, DelegateConsentTime);

    /// <summary>The same after a consent.</summary>
    public CatalogueRow With(ContentConsent consent) => new(
        Id, consent.ContentSha256, consent.InsurerPersonId, consent.InsurerTime, consent.DelegatePersonId, consent.DelegateTime, Revision + 1);
}

/// <summary>The report catalogue of a project as it is: its reports with their calendars, and what the sides consented to.</summary>
internal sealed record Catalogue(
    Guid ProjectId, IReadOnlyList<ReportDefinitionRow> Reports, IReadOnlyDictionary<Guid, CalendarRow> Calendars, CatalogueRow? Agreed)
{
    private const int DeliveriesShown = 12;

    /// <summary>SHA-256 of what is agreed to: each report and each calendar, at their revisions.</summary>
    public byte[] Sha256 => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Reports.Select(report => string.Create(
        CultureInfo.InvariantCulture, $"{report.Id} {report.Revision} {report.State} {Calendars.GetValueOrDefault(report.Id)?.Revision}")))));

    public ContentConsent Consent => Agreed?.Consent ?? ContentConsent.None;

    public ReportCatalogue.Types.State State => Consent.IsGivenByBoth(Sha256) ? ReportCatalogue.Types.State.Agreed
        : Consent.Given.Any(given => Consent.IsGivenBy(given.Side, Sha256)) ? ReportCatalogue.Types.State.Pending
        : ReportCatalogue.Types.State.Open;

    private Guid ContentId => new(Sha256.AsSpan(0, 16));

    /// <summary>What is missing before anybody can agree to it.</summary>
    public IReadOnlyList<UnmetCondition> Missing => Reports.Count == 0
        ? [new("NO_REPORT", ProjectId.ToString(), new("The scoping has brought out no report.", "Le cadrage n'a fait ressortir aucun reporting."))]
        :
        [
            .. Reports.Where(report => report.State == ItemStates.Orphaned).Select(report => new UnmetCondition(
                "REPORT_ORPHANED", report.Id.ToString(),
                new($"{report.Title}: its answer went away; keep or drop it.", $"{report.Title} : la réponse dont il venait a disparu ; conservez-le ou retirez-le."))),
            .. Reports.Where(report => !Calendars.ContainsKey(report.Id)).Select(report => new UnmetCondition(
                "CALENDAR_MISSING", report.Id.ToString(), new($"{report.Title}: its calendar is not set.", $"{report.Title} : son calendrier n'est pas fixé."))),
        ];

    /// <summary>Null when the etag stands for this content, and otherwise the outcome.</summary>
    public Outcome<T>? EtagMismatch<T>(string etag) => Etag.Mismatch<T>(etag, ContentId, 1);

    public ReportCatalogue ToMessage(DateOnly today) => new()
    {
        ProjectId = ProjectId.ToString(),
        State = State,
        Reports = { Reports.Select(report => ToMessage(report, today)) },
        Agreements =
        {
            Consent.Given.Where(given => Consent.IsGivenBy(given.Side, Sha256)).Select(
                given => new CatalogueAgreement { Side = given.Side, PersonId = given.PersonId.ToString(), Time = Timestamp.FromDateTime(given.Time) }),
        },
        Etag = Etag.Of(ContentId, 1),
    };

    /// <summary>One report; without deliveries for null.</summary>
    public CatalogueReport ToMessage(ReportDefinitionRow report, DateOnly? today)
    {
        var message = new CatalogueReport
        {
            ReportId = report.Id.ToString(), Title = report.Title, ReportRevision = report.Revision, Orphaned = report.State == ItemStates.Orphaned,
            Kind = StoredNames.Read<ReportKind>(report.Kind), Periodicity = StoredNames.Read<ReportPeriodicity>(report.Periodicity), DueDays = report.DueDays,
        };
        if (!Calendars.TryGetValue(report.Id, out var calendar))
            return message;

        message.FirstPeriodDay = DayField.Write(calendar.FirstPeriodDay);
        message.Counting = StoredNames.Read<DueDayCounting>(calendar.Counting);
        if (today is { } day)
            message.NextDeliveries.AddRange(new ReportPeriods(report.Periodicity, report.DueDays, calendar.FirstPeriodDay, calendar.Counting).From(day)
                .Take(DeliveriesShown)
                .Select(delivery => new ReportDelivery
                {
                    PeriodFirstDay = DayField.Write(delivery.First), PeriodLastDay = DayField.Write(delivery.Last), DueDay = DayField.Write(delivery.Due),
                }));
        return message;
    }
}
