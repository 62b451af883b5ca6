using Delegation.ServiceDefaults.Time;
using System.Security.Cryptography;
using System.Text;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.Watch.V1;
using Format = Delegation.Watch.V1.DownloadBulletinRequest.Types.Format;
using State = Delegation.Watch.V1.Bulletin.Types.State;
using Stream = Delegation.Watch.V1.Item.Types.Stream;

namespace Delegation.Watch.Tests.Bulletins;

public sealed class Bulletins_for_an_insurer(WatchHost host) : IClassFixture<WatchHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task It_tells_three_streams_the_nearest_day_first_and_nothing_that_the_delegate_keeps_to_itself()
    {
        var two = await host.Scene.DelegationAsync();
        foreach (var (stream, title, day) in new[] { (Stream.Technological, "Robot", ""), (Stream.Regulatory, "Loin", "2098-06-01"), (Stream.Regulatory, "Près", "2097-03-01"), (Stream.Market, "Offre", "") })
        {
            var details = Preparing.Novelty(stream, title);
            details.DeadlineDay = day;
            details.Summary = "Les contrats responsables doivent couvrir les prothèses capillaires de classe II ; la tolérance sur la rédaction court jusqu'à la fin de l'année.";
            details.Reference = stream == Stream.Regulatory ? $"décret 2025-11{day[3]}1" : "";
            var kept = await host.Scene.KeepAsync(two.Delegate, await host.Scene.TrackAsync(two.Delegate, details));
            var impact = Preparing.Impact(kept);
            (impact.Comment, impact.InternalDueDay) = ("REMARQUE INTERNE", stream == Stream.Regulatory ? "2097-01-01" : "");
            await host.Scene.AssessAsync(two.Delegate, kept, impact);
        }

        await host.Scene.TrackAsync(two.Delegate, Preparing.Novelty(Stream.Market, "Bruit que personne n'a retenu"));
        var bulletin = await PublishAsync(two, Outline(two));

        Assert.Equal(["Près", "Loin", "Offre", "Robot"], bulletin.Entries.Select(entry => entry.Title));
        Assert.All(bulletin.Entries, entry => Assert.Equal(("", ""), (entry.Assessment.Comment, entry.Assessment.InternalDueDay)));
        Assert.DoesNotContain("REMARQUE", Encoding.UTF8.GetString(await DownloadAsync(two.Insurer, bulletin, Format.Html)), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Both_forms_have_the_hashes_that_are_said_and_whatever_a_source_wrote_is_text_in_them()
    {
        var two = await host.Scene.DelegationAsync();
        var details = Preparing.Novelty(Stream.Market, "<script>alert(1)</script> & \"offre\"");
        (details.Summary, details.Link) = ("<img src=x onerror=alert(2)>", "https://www.example.org/?a=1&b=\"><script>alert(3)</script>");
        await host.Scene.KeepAsync(two.Delegate, await host.Scene.TrackAsync(two.Delegate, details));
        var bulletin = await PublishAsync(two, Outline(two));
        var (html, pdf) = (await DownloadAsync(two.Insurer, bulletin, Format.Html), await DownloadAsync(two.Insurer, bulletin, Format.Pdf));
        var page = Encoding.UTF8.GetString(html);

        Assert.Equal((bulletin.HtmlSha256, bulletin.PdfSha256, bulletin.PdfBytes), (Sha256(html), Sha256(pdf), pdf.Length));
        Assert.Equal("%PDF-", Encoding.ASCII.GetString(pdf, 0, 5));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp;", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task What_is_published_never_changes_and_a_correction_is_a_new_version()
    {
        var (two, first) = await host.Scene.BulletinAsync();
        var before = await DownloadAsync(two.Insurer, first, Format.Pdf);
        var outline = Outline(two);
        outline.Introduction = "Corrigé.";
        var second = await Client(two.Delegate).PublishBulletinAsync(new() { Outline = outline, ReplacesBulletinId = first.Id }, deadline: Preparing.Deadline);

        Assert.Equal((2, first.Id, State.Published), (second.Version, second.ReplacesBulletinId, second.State));
        Assert.Equal(before, await DownloadAsync(two.Insurer, first, Format.Pdf));
        Assert.Equal("BULLETIN_SUPERSEDED", (await Refusals.ThrownBy(Client(two.Insurer).AcknowledgeBulletinAsync(
            new() { BulletinId = first.Id, PdfSha256 = first.PdfSha256 }, deadline: Preparing.Deadline))).Reason());
        Assert.Equal("BULLETIN_SUPERSEDED", (await Refusals.ThrownBy(Client(two.Delegate).PublishBulletinAsync(
            new() { Outline = outline, ReplacesBulletinId = first.Id }, deadline: Preparing.Deadline))).Reason());
        Assert.Equal([second.Id, first.Id], (await Client(two.Insurer).ListBulletinsAsync(new() { DelegationId = two.DelegationId }, deadline: Preparing.Deadline)).Bulletins.Select(bulletin => bulletin.Id));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => host.Scene.QueryAsync<int>(
            "SET ROLE watch; UPDATE bulletin SET title = 'x' WHERE bulletin_id = @id RETURNING 1", new { id = Guid.Parse(first.Id) }));
    }

    [PostgresFact]
    public async Task The_insurer_acknowledges_the_file_that_it_read_once()
    {
        var (two, bulletin) = await host.Scene.BulletinAsync();
        AcknowledgeBulletinRequest Read(string sha256) => new() { BulletinId = bulletin.Id, PdfSha256 = sha256 };

        Assert.Equal([("pdf_sha256", "PDF_SHA256_DIFFERS")], (await Refusals.ThrownBy(Client(two.Insurer).AcknowledgeBulletinAsync(Read(bulletin.HtmlSha256), deadline: Preparing.Deadline))).Violations());
        Assert.Equal(State.Acknowledged, (await Client(two.Insurer).AcknowledgeBulletinAsync(Read(bulletin.PdfSha256), deadline: Preparing.Deadline)).State);
        Assert.Equal("BULLETIN_ACKNOWLEDGED", (await Refusals.ThrownBy(Client(two.Insurer).AcknowledgeBulletinAsync(Read(bulletin.PdfSha256), deadline: Preparing.Deadline))).Reason());
    }

    [PostgresFact]
    public async Task A_bulletin_for_delegations_of_two_insurers_is_refused_and_nothing_of_the_one_is_told_to_the_other()
    {
        var (two, item) = await host.Scene.KeptAsync();
        var (other, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.Scene.AddDelegationAsync(other, second, two.DelegateId);
        var contract = Guid.CreateVersion7().ToString();
        host.Peers.Contracts[(second.ToString(), contract)] = new() { Id = contract, Terms = new() { Title = "Contrat de l'autre" } };
        var impact = Preparing.Impact(item);
        impact.Affected.Add(new AffectedObject { DelegationId = second.ToString(), Type = AffectedObject.Types.Type.Contract, Id = contract });
        await host.Scene.AssessAsync(two.Delegate, item, impact);

        var both = Outline(two);
        both.DelegationIds.Add(second.ToString());
        Assert.Equal("DELEGATIONS_OF_SEVERAL_INSURERS", (await Refusals.ThrownBy(Client(two.Delegate).PublishBulletinAsync(new() { Outline = both }, deadline: Preparing.Deadline))).Reason());
        Assert.Equal("NOTHING_TO_TELL", (await Refusals.ThrownBy(Client(two.Delegate).PublishBulletinAsync(new() { Outline = Outline(two) }, deadline: Preparing.Deadline))).Reason());
        var named = Outline(two);
        named.ItemIds.Add(item.Id);
        Assert.Empty((await PublishAsync(two, named)).Entries.Single().Assessment.Affected);
    }

    [PostgresFact]
    public async Task What_both_sides_agreed_is_due_and_met_by_the_next_bulletin_late_or_not()
    {
        var (two, _) = await host.Scene.AssessedAsync();
        var proposed = await Client(two.Insurer).ProposeBulletinTermsAsync(await host.Scene.TermsAsync(two, "2026-01-31"), deadline: Preparing.Deadline);
        Assert.Equal("OWN_PROPOSAL", (await Refusals.ThrownBy(Client(two.Insurer).AgreeBulletinTermsAsync(
            new() { DelegationId = two.DelegationId, Etag = proposed.Etag }, deadline: Preparing.Deadline))).Reason());
        var agreed = await Client(two.Delegate).AgreeBulletinTermsAsync(new() { DelegationId = two.DelegationId, Etag = proposed.Etag }, deadline: Preparing.Deadline);
        Assert.Equal((3, "2026-01-31", 0), (agreed.Months, agreed.NextDueDay, agreed.ProposedMonths));

        var late = await PublishAsync(two, Outline(two));
        var next = await Client(two.Insurer).GetBulletinTermsAsync(new() { DelegationId = two.DelegationId }, deadline: Preparing.Deadline);
        Assert.Equal(("2026-01-31", true, false), (late.DueDay, late.Late, next.Late));
        Assert.True(string.CompareOrdinal(next.NextDueDay, ParisDays.DayAt(DateTimeOffset.UtcNow).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)) > 0);
    }

    [PostgresFact]
    public async Task A_preview_is_the_page_and_publishes_nothing()
    {
        var (two, item) = await host.Scene.AssessedAsync();
        var preview = await Client(two.Delegate).PreviewBulletinAsync(new() { Outline = Outline(two) }, deadline: Preparing.Deadline);

        Assert.Equal(1, preview.Entries);
        Assert.Contains(item.Title, preview.Html, StringComparison.Ordinal);
        Assert.Empty((await Client(two.Insurer).ListBulletinsAsync(new(), deadline: Preparing.Deadline)).Bulletins);
    }

    private static BulletinOutline Outline(TwoParties two)
    {
        var outline = Preparing.NewOutline(two);
        outline.PeriodEndDay = "2099-12-31";
        return outline;
    }

    private V1.Bulletins.BulletinsClient Client(Actor actor) => new(host.Scene.As(actor));

    private async Task<Bulletin> PublishAsync(TwoParties two, BulletinOutline outline) =>
        await Client(two.Delegate).PublishBulletinAsync(new() { Outline = outline }, deadline: Preparing.Deadline);

    private async Task<byte[]> DownloadAsync(Actor actor, Bulletin bulletin, Format format)
    {
        using var call = Client(actor).DownloadBulletin(new() { BulletinId = bulletin.Id, Format = format }, deadline: Preparing.Deadline);
        using var bytes = new MemoryStream();
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
            bytes.Write(call.ResponseStream.Current.Data.Span);

        return bytes.ToArray();
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
