using System.Security.Cryptography;
using System.Text;
using Delegation.Documents;
using Delegation.Persistence.Files;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Delegation.Watch.V1;
using State = Delegation.Watch.V1.Bulletin.Types.State;

namespace Delegation.Watch.Bulletins;

/// <summary>Makes, publishes and acknowledges bulletins.</summary>
internal sealed class BulletinCommands(TimeProvider clock)
{
    /// <summary>The bulletin as it would be published now, without its files.</summary>
    public async Task<Outcome<BulletinRow>> DraftAsync(TenantSession session, Outline outline, bool toPublish, CancellationToken cancellationToken)
    {
        var delegations = await session.FindDelegationsAsync(outline.DelegationIds, cancellationToken);
        if (delegations.Count < outline.DelegationIds.Count)
            return new Outcome<BulletinRow>.NotFound("DELEGATION_NOT_FOUND", new("There is no delegation with this id.", "Aucune délégation n'a cet identifiant."));
        if (delegations.DistinctBy(delegation => delegation.OwnerId).Skip(1).Any())
            return new Outcome<BulletinRow>.Refused(
                "DELEGATIONS_OF_SEVERAL_INSURERS", new("A bulletin is for one insurer.", "Un livrable est destiné à un seul assureur."));
        if (toPublish && delegations.Select(delegation => delegation.NeedsToBeOpen<BulletinRow>()).FirstOrDefault(refused => refused is not null) is { } closed)
            return closed;

        return (await BulletinEntries.CollectAsync(session, outline, delegations, cancellationToken)).Map(entries => New(session, outline, delegations, entries));
    }

    public async Task<Outcome<Bulletin>> PublishAsync(TenantSession session, PublishBulletinRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var replacesId = IdField.ReadOptional("replaces_bulletin_id", request.ReplacesBulletinId, violations);
        var outline = Outline.Read(request.Outline, violations);
        var replaced = replacesId is { } former ? (await session.FindBulletinAsync(former, locking: true, cancellationToken)).ValueOrStatus() : null;
        return await (await DraftAsync(session, outline, toPublish: true, cancellationToken)).ThenAsync(async draft =>
        {
            if (replaced is not null && Replacing(replaced, draft) is { } refused)
                return refused;

            var published = draft with { Version = 1 + (replaced?.Version ?? 0), ReplacesBulletinId = replaced?.Id };
            if (replaced is not null)
                await SupersedeAsync(session, replaced, cancellationToken);
            else
                published = await MeetTermsAsync(session, published, cancellationToken);
            published = await StoreAsync(session, published, cancellationToken);
            await session.InsertBulletinAsync(published, cancellationToken);
            await session.AppendAsync(published.Parties.Entry(BulletinRow.ObjectType, published.Id, published.Revision, new BulletinPublished { Bulletin = published.ToSummary() }), clock, cancellationToken);
            await session.OpenWorkItemAsync(published.Work, clock, cancellationToken);
            return new Outcome<Bulletin>.Accepted(published.ToMessage());
        });
    }

    public async Task<Outcome<Bulletin>> AcknowledgeAsync(TenantSession session, AcknowledgeBulletinRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        var sha256 = FileHash.Read("pdf_sha256", request.PdfSha256, violations);
        if (violations.Count > 0)
            violations[0] = violations[0] with { Reason = $"PDF_{violations[0].Reason}" };
        var bulletin = (await session.FindBulletinAsync(BulletinId.Read(request.BulletinId, violations), locking: true, cancellationToken)).ValueOrStatus();
        if (bulletin.In == State.Superseded)
            return Superseded<Bulletin>();
        if (bulletin.In == State.Acknowledged)
            return new Outcome<Bulletin>.Refused("BULLETIN_ACKNOWLEDGED", new("It is acknowledged already.", "Il en a déjà été accusé réception."));
        if (sha256 != bulletin.PdfSha256)
            return new Outcome<Bulletin>.Invalid(new FieldViolation(
                "pdf_sha256", "PDF_SHA256_DIFFERS", new("This is the hash of another file.", "Cette empreinte est celle d'un autre fichier."),
                new("Download the PDF of this bulletin, read it, and give its hash.", "Téléchargez le PDF de ce livrable, lisez-le et indiquez son empreinte.")));

        var acknowledged = bulletin with
        {
            State = State.Acknowledged.Stored(), AcknowledgeTime = clock.GetUtcNow().InMicroseconds(), AcknowledgerId = session.Caller.PersonId, Revision = bulletin.Revision + 1,
        };
        await session.UpdateBulletinAsync(acknowledged, cancellationToken);
        await session.AppendAsync(
            acknowledged.Parties.Entry(BulletinRow.ObjectType, acknowledged.Id, acknowledged.Revision, new BulletinAcknowledged { Bulletin = acknowledged.ToSummary() }), clock, cancellationToken);
        await session.CloseWorkItemAsync(acknowledged.Work.Key, clock, cancellationToken);
        return new Outcome<Bulletin>.Accepted(acknowledged.ToMessage());
    }

    private BulletinRow New(TenantSession session, Outline outline, IReadOnlyList<DelegationKnown> delegations, IReadOnlyList<BulletinEntry> entries)
    {
        var now = clock.GetUtcNow();
        return new BulletinRow
        {
            OwnerId = delegations[0].OwnerId,
            DelegationId = delegations[0].DelegationId,
            DelegateId = delegations[0].DelegateId,
            Id = Guid.CreateVersion7(now),
            DelegationIds = [.. delegations.Select(delegation => delegation.DelegationId)],
            Title = outline.Title,
            Version = 1,
            PeriodStartDay = outline.PeriodStart,
            PeriodEndDay = outline.PeriodEnd,
            Introduction = outline.Introduction,
            Language = outline.Language,
            Entries = ProtoJson.WriteList(entries),
            State = State.Published.Stored(),
            PublishTime = now.InMicroseconds(),
            PublisherId = session.Caller.PersonId,
            Revision = 1,
        };
    }

    private static Outcome<Bulletin>? Replacing(BulletinRow replaced, BulletinRow draft) =>
        replaced.In == State.Superseded ? Superseded<Bulletin>()
        : replaced.DelegationIds.ToHashSet().SetEquals(draft.DelegationIds) ? null
        : new Outcome<Bulletin>.Invalid(new FieldViolation(
            "replaces_bulletin_id", "REPLACES_OTHER_DELEGATIONS", new("That bulletin is for other delegations.", "Ce livrable concerne d'autres délégations."),
            new("Give the same delegations as the bulletin has.", "Indiquez les mêmes délégations que le livrable.")));

    private async Task SupersedeAsync(TenantSession session, BulletinRow replaced, CancellationToken cancellationToken)
    {
        var superseded = replaced with { State = State.Superseded.Stored(), Revision = replaced.Revision + 1 };
        await session.UpdateBulletinAsync(superseded, cancellationToken);
        await session.AppendAsync(
            superseded.Parties.Entry(BulletinRow.ObjectType, superseded.Id, superseded.Revision, new BulletinSuperseded { Bulletin = superseded.ToSummary() }), clock, cancellationToken);
        await session.CloseWorkItemAsync(superseded.Work.Key, clock, cancellationToken);
    }

    // Each delegation has its own days; the earliest that is met says whether the bulletin is late.
    private async Task<BulletinRow> MeetTermsAsync(TenantSession session, BulletinRow bulletin, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = ParisDays.DayAt(now);
        var met = (await session.LockTermsAsync(bulletin.OwnerId, bulletin.DelegationIds, cancellationToken)).Where(terms => terms.IsMetOn(today)).ToArray();
        foreach (var terms in met.Select(terms => terms.Met(today)))
        {
            await session.SaveTermsAsync(terms, cancellationToken);
            await session.AppendAsync(terms.Parties.Entry(TermsRow.ObjectType, terms.Id, terms.Revision, new BulletinTermsMet { Terms = terms.ToMessage(now) }), clock, cancellationToken);
            foreach (var work in terms.Waiting)
                await session.OpenWorkItemAsync(work, clock, cancellationToken);
        }

        var due = met.Min(terms => terms.NextDueDay);
        return bulletin with { DueDay = due, Late = due < today };
    }

    private static async Task<BulletinRow> StoreAsync(TenantSession session, BulletinRow bulletin, CancellationToken cancellationToken)
    {
        var html = Encoding.UTF8.GetBytes(BulletinHtml.Of(bulletin));
        var pdf = PdfFile.Of(BulletinPages.Of(bulletin));
        var (htmlId, pdfId) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var (id, bytes) in new (Guid, ReadOnlyMemory<byte>)[] { (htmlId, html), (pdfId, pdf.Bytes) })
        {
            await using var file = new ReceivedFile();
            await file.AddAsync(bytes, cancellationToken);
            await session.StoreFileAsync(bulletin.Party, id, file, bulletin.PublishTime, cancellationToken);
        }

        return bulletin with
        {
            HtmlFileId = htmlId,
            HtmlSha256 = Convert.ToHexStringLower(SHA256.HashData(html)),
            PdfFileId = pdfId,
            PdfSha256 = Convert.ToHexStringLower(SHA256.HashData(pdf.Bytes.Span)),
            PdfBytes = pdf.Bytes.Length,
            PdfPages = pdf.Pages,
        };
    }

    private static Outcome<T> Superseded<T>() => new Outcome<T>.Refused(
        "BULLETIN_SUPERSEDED", new("A later version took its place.", "Une version ultérieure l'a remplacé."));
}

/// <summary>The id of a bulletin in a request. Reading it ends the reading: what was found wrong before counts too.</summary>
internal static class BulletinId
{
    public static Guid Read(string id, List<FieldViolation> violations)
    {
        var read = IdField.Read("bulletin_id", id, violations);
        violations.RefuseIfAny();
        return read!.Value;
    }
}
