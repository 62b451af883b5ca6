using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>
/// Founding line B5: regular and transparent reporting, technical and operational, all the data included, shared in committees. Reports are due by
/// the calendar of the contract; that one comes late needs a clock that moves: docs/tour.sh lives through it.
/// </summary>
[Collection(nameof(RunningPlatform))]
public sealed class Figures_are_published_disputed_and_restated(RunningPlatform platform)
{
    private static readonly DateOnly LastMonth = FirstOfLastMonth(DateOnly.Parse(TwoParties.Day(0), CultureInfo.InvariantCulture));

    [PlatformTheory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task Reports_fall_due_are_published_in_all_formats_disputed_restated_and_accepted(string language)
    {
        using var parties = await TwoParties.MeetAsync(platform, language);
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        await AgreeOnCalendarAsync(parties);

        // The month is over: both reports are to be published, and the delegate finds it on the work list.
        var due = (await delegated.UntilAsync($"/v1/reports?delegationId={parties.DelegationId}", answer => Reports(answer).Count == 2)).Ok();
        Assert.Equal(["OPERATIONAL", "TECHNICAL"], Reports(due).Select(report => (string)report["kind"]!).Order());
        await delegated.FindsWorkAsync("report.publish");
        var operational = $"{parties.Path}/reports/{Reports(due).Single(report => (string)report["kind"]! == "OPERATIONAL")["id"]}";
        var technical = $"{parties.Path}/reports/{Reports(due).Single(report => (string)report["kind"]! == "TECHNICAL")["id"]}";
        (await delegated.ActAsync(operational, "publish")).Refused(400, "NOTHING_IMPORTED", delegated.In("Nothing was imported", "Rien n'a été importé"));
        await ImportAsync(parties, "R1;devis;{0}-02;;{0}-03;processed;", "R2;devis;{0}-04;;{0}-20;processed;", "R3;courrier;{0}-05;;;;");

        var published = (await delegated.ActAsync(operational, "publish")).Ok();
        (await delegated.ActAsync(technical, "publish")).Ok();
        Assert.Equal(("PUBLISHED", "WAITING"), (published.Text("state"), published.Text("acceptance")));
        await insurer.FindsWorkAsync("report.accept");
        await ReadAsync(parties, operational, published);
        await ReadAsync(parties, technical, (await insurer.GetAsync(technical)).Ok());

        await DisputeAndRestateAsync(parties, operational);
        await DownloadAllAsync(parties);
        await FindInPackAsync(parties, operational);
    }

    // Two monthly reports, of which the first tells the month before this one.
    private static async Task AgreeOnCalendarAsync(TwoParties parties)
    {
        var id = await parties.OpenProjectAsync();
        await parties.PassGateWithOverridesAsync(id, "TO_SCOPING");
        var project = ProjectSteps.Of(id);
        (await parties.Delegate.PostAsync($"{project}/scoping-answers", JsonNode.Parse(
            """
            { "reports": { "reports": [{ "code": "OPE-M", "title": "Tableau de bord opérationnel", "kind": "OPERATIONAL", "periodicity": "EACH_MONTH", "dueDays": 120, "format": "CSV", "recipient": "Pilotage" },
              { "code": "TEC-M", "title": "Rapport technique", "kind": "TECHNICAL", "periodicity": "EACH_MONTH", "dueDays": 120, "format": "XLSX", "recipient": "Actuariat" }] } }
            """)!)).Ok();
        await parties.BothAsync($"{project}/scoping-answers/REPORTS", "validate");
        var catalogue = $"{project}/report-catalogue";
        foreach (var report in (await parties.Delegate.GetAsync(catalogue)).Ok().List("reports"))
        {
            var calendar = new { firstPeriodDay = LastMonth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), counting = "OUVRES" };
            (await parties.Delegate.PutAsync($"{catalogue}/{report["reportId"]}", calendar, (await parties.Delegate.GetAsync(catalogue)).Etag)).Ok();
        }

        Assert.Equal("AGREED", (await parties.BothAsync(catalogue, "agree")).Text("state"));
    }

    // Operations of the last month; {0} is the month.
    private static async Task ImportAsync(TwoParties parties, params string[] lines)
    {
        var month = LastMonth.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var file = Encoding.UTF8.GetBytes(string.Format(
            CultureInfo.InvariantCulture, "reference;kind;receive;complete;close;outcome;automated\n" + string.Join('\n', lines) + "\n", month));
        var import = (await parties.Delegate.PostAsync($"{parties.Path}/imports", new
        {
            kind = "OPERATIONS",
            mode = "COMPLETE",
            periodStartDay = $"{month}-01",
            periodEndDay = LastMonth.AddMonths(1).AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            fileName = "operations.csv",
            sha256 = Convert.ToHexStringLower(SHA256.HashData(file)),
        })).Ok();
        Assert.Equal("APPLIED", (await parties.Delegate.SendFileAsync($"{parties.Path}/imports/{import.Text("id")}:upload", file, "text/csv")).Ok().Text("state"));
    }

    // The insurer reads it in each format; the JSON form has the seal for its hash.
    private static async Task ReadAsync(TwoParties parties, string report, Answer published)
    {
        var content = (await parties.Insurer.GetAsync($"{report}/content")).Ok();
        Assert.NotEmpty(content.List("tables"));
        Assert.NotEmpty(content.List("sources"));
        var json = await parties.Insurer.DownloadAsync($"{report}/file?format=JSON");
        Assert.Equal((200, "application/json"), (json.Status, json.Type));
        Assert.Equal((string)published.List("versions")[0]["sha256"]!, Convert.ToHexStringLower(SHA256.HashData(json.Bytes)));
        foreach (var (format, start) in new[] { ("CSV", "\uFEFF"), ("XLSX", "PK"), ("PDF", "%PDF-1.7") })
        {
            var file = await parties.Insurer.DownloadAsync($"{report}/file?format={format}");
            Assert.Equal(200, file.Status);
            Assert.StartsWith(start, Encoding.UTF8.GetString(file.Bytes.AsSpan(0, 16)), StringComparison.Ordinal);
        }
    }

    // The insurer finds another figure, a corrected import gives it, the restatement lists what differs, both resolve, the insurer accepts.
    private static async Task DisputeAndRestateAsync(TwoParties parties, string report)
    {
        var (insurer, delegated) = (parties.Insurer, parties.Delegate);
        var table = (await insurer.GetAsync($"{report}/content")).Ok().List("tables").First(
            table => table["columns"]!.AsArray().Any(column => (string)column!["type"]! == "COLUMN_TYPE_COUNT") && (string)table["lineCount"]! != "0");
        var place = table["columns"]!.AsArray().ToList().FindIndex(column => (string)column!["type"]! == "COLUMN_TYPE_COUNT");
        var line = (await insurer.GetAsync($"{report}/lines?tableKey={table["key"]}")).Ok().List("lines")[0];
        var value = long.Parse((string)line["cells"]![place]!["number"]!, CultureInfo.InvariantCulture);
        var disputed = (await insurer.ActAsync(report, "dispute", new
        {
            tableKey = (string)table["key"]!, lineKey = (string)line["key"]!, columnKey = (string)table["columns"]![place]!["key"]!,
            claimedNumber = (value + 1).ToString(CultureInfo.InvariantCulture), reason = "Nos courriers en comptent un de plus.",
        })).Ok();
        Assert.Equal("DISPUTED", disputed.Text("acceptance"));
        await delegated.FindsWorkAsync("report.resolve");

        await ImportAsync(parties, "R4;devis;{0}-06;;{0}-07;processed;");
        (await delegated.ActAsync(report, "publish")).Refused(400, "REASON_REQUIRED", delegated.In("fields that break rules", "champs qui enfreignent"));
        var restated = (await delegated.ActAsync(report, "publish", new { reason = "Une opération manquait." })).Ok();
        Assert.Equal("2", restated.Text("versionCount"));
        var differences = (await insurer.GetAsync($"{report}/differences")).Ok();
        Assert.NotEmpty(differences.List("differences"));
        Assert.Equal((string)restated.List("versions")[0]["differenceCount"]!, differences.Text("differenceCount"));

        var dispute = disputed.List("disputes")[0]["id"];
        foreach (var party in new[] { delegated, insurer })
        {
            (await party.PostAsync($"{report}/disputes/{dispute}:resolve", new { resolution = "CLAIMED_HOLDS" }, (await party.GetAsync(report)).Ok().Etag)).Ok();
        }

        var accepted = (await insurer.ActAsync(report, "accept")).Ok();
        Assert.Equal("ACCEPTED", accepted.Text("acceptance"));
        Assert.Equal("CLAIMED_HOLDS", (string)accepted.List("disputes")[0]["resolution"]!);
    }

    // Every line that counts, with what is needed to check it.
    private static async Task DownloadAllAsync(TwoParties parties)
    {
        var (status, bytes, type) = await parties.Insurer.DownloadAsync($"{parties.Path}/data");
        Assert.Equal((200, "application/zip"), (status, type));
        using var archive = new ZipArchive(new MemoryStream(bytes));
        var manifest = JsonNode.Parse(Text(archive, "manifest.json"))!;
        foreach (var file in manifest["files"]!.AsArray())
        {
            var text = Text(archive, (string)file!["name"]!);
            Assert.Equal((string)file["sha256"]!, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
            Assert.Equal((long)file["lines"]!, text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length - 1);
        }

        Assert.Equal(4, (long)manifest["files"]!.AsArray().Single(file => (string)file!["kind"]! == "operations")!["lines"]!);
        Assert.Contains("operations.csv;reference;", Text(archive, "dictionary.csv"), StringComparison.Ordinal);
        Assert.Equal(403, (await parties.Delegate.DownloadAsync($"{parties.Path}/data")).Status);
    }

    // The committee has before it what was published, by version and hash.
    private static async Task FindInPackAsync(TwoParties parties, string report)
    {
        var committee = (await parties.Insurer.PostAsync($"{parties.Path}/committees", new
        {
            level = "OPERATIONAL_COMMITTEE", name = "Comité opérationnel", mandate = "Suivre l'activité", roles = new[] { "ROLE_DELEGATION_MANAGER" },
            steps = new[] { "WEEKLY", "MONTHLY" }, relaxAfter = 3, tacitDays = 5,
        })).Ok();
        var meeting = (await parties.Insurer.PostAsync($"/v1/committees/{committee.Text("id")}/meetings", new
        {
            startTime = DateTime.UtcNow.AddHours(2).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), durationMinutes = 60, place = "Visioconférence",
        })).Ok();
        var latest = (await parties.Insurer.GetAsync(report)).Ok().List("versions")[0];
        var pack = await parties.Delegate.UntilAsync(
            $"/v1/meetings/{meeting.Text("id")}/pack", answer => answer.List("documents").Any(document => (string)document["sha256"]! == (string)latest["sha256"]!));
        Assert.Equal(2, pack.List("documents").Count);
        Assert.Contains(pack.List("documents"), document => (int)document["version"]! == 2);
    }

    private static DateOnly FirstOfLastMonth(DateOnly today) => today.AddDays(1 - today.Day).AddMonths(-1);

    private static List<JsonNode> Reports(Answer answer) => [.. answer.List("delegations").SelectMany(delegation => delegation["reports"]?.AsArray() ?? []).Select(report => report!)];

    private static string Text(ZipArchive archive, string name)
    {
        using var reader = new StreamReader(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
