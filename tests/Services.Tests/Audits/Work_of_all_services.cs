using System.Security.Cryptography;
using System.Text;
using Dapper;
using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Reporting.V1;
using Delegation.Services.Tests.Reversibility;
using Delegation.Watch.V1;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Npgsql;

namespace Delegation.Services.Tests.Audits;

/// <summary>What a delegate and an insurer do in the services beside Contracts, for somebody to audit.</summary>
internal static class Work_of_all_services
{
    private static DateTime Deadline => DateTime.UtcNow.AddSeconds(20);

    /// <summary>A meeting that took place, with minutes of the insurer.</summary>
    public static async Task<Meeting> MeetAsync(this FourServices services, string delegation)
    {
        var committee = await new Committees.CommitteesClient(services.Delivery.As(Beginnings.Insurer)).CreateCommitteeAsync(
            new CreateCommitteeRequest
            {
                DelegationId = delegation, Level = CommitteeLevel.OperationalCommittee, Name = "Comité opérationnel", Mandate = "Suivre l'activité.",
                Roles = { Role.ProjectLead }, Steps = { CadenceStep.Monthly }, RelaxAfter = 1, TacitDays = 5,
            },
            deadline: Deadline);
        var meetings = new Meetings.MeetingsClient(services.Delivery.As(Beginnings.Insurer));
        var planned = await meetings.PlanMeetingAsync(
            new PlanMeetingRequest { CommitteeId = committee.Id, StartTime = Timestamp.FromDateTime(DateTime.UtcNow.AddHours(-1)), DurationMinutes = 60, Place = "Visioconférence" }, deadline: Deadline);
        return await meetings.RecordMinutesAsync(
            new RecordMinutesRequest
            {
                MeetingId = planned.Id, Activities = "Reprise des adhésions achevée.", Progress = "Plan d'actions à jour.", Difficulties = "Aucune.",
                Period = new PeriodAssessment { Commitments = PeriodAssessment.Types.Commitments.Met },
                Decisions = { new Decision { Title = "Conserver les horaires d'accueil." } }, Etag = planned.Etag,
            },
            deadline: Deadline);
    }

    /// <summary>An operational report that the delegate published, of what it imported.</summary>
    public static async Task<Report> PublishReportAsync(this FourServices services, string delegation)
    {
        var (id, file) = (Guid.CreateVersion7(), "reference;kind;receive;complete;close;outcome;automated\nR1;quote;2026-04-02;;;;\n"u8.ToArray());
        await using (var administrator = new NpgsqlConnection(services.Reporting.Database.AdminConnectionString))
            await administrator.ExecuteAsync(
                """
                UPDATE membership SET roles = roles || '{reporting}';
                INSERT INTO report (owner_id, delegation_id, delegate_id, report_id, calendar_id, kind, title, period_start_day, period_end_day, due_day)
                SELECT owner_id, delegation_id, delegate_id, @id, gen_random_uuid(), 'operational', 'Reporting mensuel', '2026-04-01', '2026-04-30', '2199-05-15'
                FROM delegation WHERE delegation_id = @delegation
                """,
                new { id, delegation = Guid.Parse(delegation) });

        var imports = new Imports.ImportsClient(services.Reporting.As(Beginnings.Delegate));
        var import = await imports.CreateImportAsync(
            new CreateImportRequest
            {
                DelegationId = delegation, Kind = Import.Types.Kind.Operations, Mode = Import.Types.Mode.Complete, PeriodStartDay = "2026-04-01", PeriodEndDay = "2026-04-30",
                FileName = "operations.csv", Sha256 = Convert.ToHexStringLower(SHA256.HashData(file)),
            },
            deadline: Deadline);
        using (var upload = imports.UploadImportFile(deadline: Deadline))
        {
            await upload.RequestStream.WriteAsync(
                new UploadImportFileRequest { DelegationId = delegation, ImportId = import.Id, File = new HttpBody { ContentType = "text/csv", Data = ByteString.CopyFrom(file) } });
            await upload.RequestStream.CompleteAsync();
            Assert.Equal(1, (await upload.ResponseAsync).AcceptedLines);
        }

        var reports = new Reports.ReportsClient(services.Reporting.As(Beginnings.Delegate));
        var due = await reports.GetReportAsync(new GetReportRequest { DelegationId = delegation, ReportId = id.ToString() }, deadline: Deadline);
        return await reports.PublishReportAsync(new PublishReportRequest { DelegationId = delegation, ReportId = due.Id, Etag = due.Etag }, deadline: Deadline);
    }

    /// <summary>A bulletin that the delegate published.</summary>
    public static async Task<Bulletin> PublishBulletinAsync(this FourServices services, string delegation)
    {
        var items = new TrackedItems.TrackedItemsClient(services.Watch.As(Beginnings.Delegate));
        var item = await items.TrackItemAsync(
            new TrackItemRequest
            {
                Details = new ItemDetails { Stream = Item.Types.Stream.Regulatory, Title = "Contrats responsables", DeadlineDay = "2099-12-31", Certainty = Item.Types.Certainty.Confirmed },
                ReadAt = "Journal officiel",
            },
            deadline: Deadline);
        await items.TriageItemAsync(new TriageItemRequest { ItemId = item.Id, Move = TriageItemRequest.Types.Move.Keep, Etag = item.Etag }, deadline: Deadline);
        return await new Bulletins.BulletinsClient(services.Watch.As(Beginnings.Delegate)).PublishBulletinAsync(
            new PublishBulletinRequest
            {
                Outline = new BulletinOutline { DelegationIds = { delegation }, Title = "Veille du trimestre", PeriodStartDay = "2026-01-01", PeriodEndDay = "2026-03-31" },
            },
            deadline: Deadline);
    }

    /// <summary>Text of a file of an archive.</summary>
    public static string Text(this IReadOnlyDictionary<string, byte[]> files, string path) => Encoding.UTF8.GetString(files[path]);
}
