using Dapper;
using Delegation.Access.V1;
using Delegation.TestKit.Access;
using Delegation.Watch.V1;
using Npgsql;

namespace Delegation.Watch.Tests;

/// <summary>A delegation that the service knows, with somebody on each side.</summary>
internal sealed record TwoParties(Guid InsurerId, Guid Delegation, Guid DelegateId, Actor Insurer, Actor Delegate)
{
    public string DelegationId => Delegation.ToString();
}

/// <summary>Prepares what tests and recorded calls need.</summary>
internal static class Preparing
{
    public static DateTime Deadline => DateTime.UtcNow.AddSeconds(20);

    /// <summary>A new delegation.</summary>
    public static async Task<TwoParties> DelegationAsync(this Scene scene, params Role[] roles)
    {
        Role[] given = roles.Length > 0 ? roles : [Role.Watch, Role.DelegationManager];
        var (insurer, delegation, tpa) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await scene.AddDelegationAsync(insurer, delegation, tpa);
        return new TwoParties(insurer, delegation, tpa, await scene.MemberAsync(insurer, Side.Insurer, given), await scene.MemberAsync(tpa, Side.Delegate, given));
    }

    public static async Task AddDelegationAsync(this Scene scene, Guid insurer, Guid delegation, Guid tpa, string state = "open")
    {
        await using var administrator = new NpgsqlConnection(scene.Database.AdminConnectionString);
        await administrator.ExecuteAsync("INSERT INTO delegation VALUES (@insurer, @delegation, @tpa, @state, 1)", new { insurer, delegation, tpa, state });
    }

    public static TrackedItems.TrackedItemsClient Items(this Scene scene, Actor actor) => new(scene.As(actor));

    public static ItemDetails Decree() => new()
    {
        Stream = Item.Types.Stream.Regulatory,
        Title = "Contrats responsables : prothèses capillaires de classe II",
        Summary = "Les contrats responsables doivent couvrir les prothèses capillaires de classe II.",
        Reference = "décret n° 2025-1131 du 26 novembre 2025",
        Link = "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000052905001",
        Status = Item.Types.Status.InForce,
        PublicationDay = "2025-11-27",
        EffectDay = "2025-11-28",
        ToleranceDay = "2099-12-31",
        Certainty = Item.Types.Certainty.Confirmed,
    };

    public static ItemDetails Novelty(Item.Types.Stream stream, string title) => new() { Stream = stream, Title = title };

    /// <summary>An item that the delegate entered.</summary>
    public static async Task<(TwoParties Two, TrackedItem Item)> ItemAsync(this Scene scene, ItemDetails? details = null, params Role[] roles)
    {
        var two = await scene.DelegationAsync(roles);
        return (two, await scene.TrackAsync(two.Delegate, details ?? Decree()));
    }

    public static async Task<TrackedItem> TrackAsync(this Scene scene, Actor actor, ItemDetails details) =>
        await scene.Items(actor).TrackItemAsync(new TrackItemRequest { Details = details, ReadAt = "Journal officiel" }, deadline: Deadline);

    /// <summary>An item that the delegate kept.</summary>
    public static async Task<(TwoParties Two, TrackedItem Item)> KeptAsync(this Scene scene, ItemDetails? details = null, params Role[] roles)
    {
        var (two, item) = await scene.ItemAsync(details, roles);
        return (two, await scene.KeepAsync(two.Delegate, item));
    }

    public static async Task<TrackedItem> KeepAsync(this Scene scene, Actor actor, TrackedItem item) => await scene.Items(actor).TriageItemAsync(
        new TriageItemRequest { ItemId = item.Id, Move = TriageItemRequest.Types.Move.Keep, Etag = item.Etag }, deadline: Deadline);

    public static Assessment Impact(TrackedItem item) => item.Stream switch
    {
        Item.Types.Stream.Regulatory => new() { Business = 3, Systems = 4, Contracts = 4, InternalDueDay = "2099-11-30", Comment = "Paramétrage et avenants." },
        Item.Types.Stream.Market => new() { Need = 3, Benefit = 2, Stage = Assessment.Types.Stage.Proposal },
        _ => new() { Gain = 4, Quality = 2, Stage = Assessment.Types.Stage.Proposal },
    };

    /// <summary>An item that the delegate assessed.</summary>
    public static async Task<(TwoParties Two, TrackedItem Item)> AssessedAsync(this Scene scene, ItemDetails? details = null, params Role[] roles)
    {
        var (two, item) = await scene.KeptAsync(details, roles);
        return (two, await scene.AssessAsync(two.Delegate, item));
    }

    public static async Task<TrackedItem> AssessAsync(this Scene scene, Actor actor, TrackedItem item, Assessment? impact = null) => await scene.Items(actor).AssessItemAsync(
        new AssessItemRequest { ItemId = item.Id, Assessment = impact ?? Impact(item), Etag = item.Etag }, deadline: Deadline);

    public static OpenWatchActionRequest NewAction(TwoParties two, TrackedItem item) => new()
    {
        DelegationId = two.DelegationId, ItemId = item.Id, Title = "Paramétrer la grille", Side = Side.Delegate, Role = Role.Operations, DueDay = "2099-11-15",
    };

    public static async Task<(TwoParties Two, WatchAction Action)> ActionAsync(this Scene scene)
    {
        var (two, item) = await scene.KeptAsync();
        return (two, await new WatchActions.WatchActionsClient(scene.As(two.Delegate)).OpenWatchActionAsync(NewAction(two, item), deadline: Deadline));
    }

    public static RequestAmendmentRequest NewAmendment(TwoParties two, TrackedItem item) => new()
    {
        DelegationId = two.DelegationId, ItemId = item.Id, Change = "Ajouter les prothèses capillaires de classe II à l'annexe des garanties.", EffectDay = "2099-12-31",
    };

    /// <summary>A request of the delegate.</summary>
    public static async Task<(TwoParties Two, AmendmentRequest Request)> AmendmentAsync(this Scene scene)
    {
        var (two, item) = await scene.KeptAsync();
        return (two, await new AmendmentRequests.AmendmentRequestsClient(scene.As(two.Delegate)).RequestAmendmentAsync(NewAmendment(two, item), deadline: Deadline));
    }

    public static BulletinOutline NewOutline(TwoParties two) => new()
    {
        DelegationIds = { two.DelegationId }, Title = "Veille du trimestre", PeriodStartDay = "2026-01-01", PeriodEndDay = "2026-03-31", Introduction = "Trois volets.",
    };

    /// <summary>A bulletin of one item that the delegate published.</summary>
    public static async Task<(TwoParties Two, Bulletin Bulletin)> BulletinAsync(this Scene scene)
    {
        var (two, _) = await scene.AssessedAsync();
        return (two, await new V1.Bulletins.BulletinsClient(scene.As(two.Delegate)).PublishBulletinAsync(new PublishBulletinRequest { Outline = NewOutline(two) }, deadline: Deadline));
    }

    public static CreateSourceRequest NewSource(string url = "https://www.cnil.fr/fr/rss.xml") => new()
    {
        Kind = Source.Types.Kind.Feed,
        Url = url,
        Details = new SourceDetails { Name = "CNIL", Stream = Item.Types.Stream.Regulatory, Trust = Source.Types.Trust.Official, ReadMinutes = 60, SilentAfterDays = 30 },
    };

    public static async Task<(Actor Actor, Source Source)> SourceAsync(this Scene scene, string url = "https://www.cnil.fr/fr/rss.xml")
    {
        var two = await scene.DelegationAsync();
        return (two.Delegate, await new V1.Sources.SourcesClient(scene.As(two.Delegate)).CreateSourceAsync(NewSource(url), deadline: Deadline));
    }
}

/// <summary>Prepares what is due by contract.</summary>
internal static class PreparingTerms
{
    /// <summary>What the insurer proposes: a bulletin each quarter.</summary>
    public static async Task<ProposeBulletinTermsRequest> TermsAsync(this Scene scene, TwoParties two, string firstDueDay = "2099-01-31")
    {
        var terms = await new V1.Bulletins.BulletinsClient(scene.As(two.Insurer)).GetBulletinTermsAsync(new() { DelegationId = two.DelegationId }, deadline: Preparing.Deadline);
        return new() { DelegationId = two.DelegationId, Months = 3, FirstDueDay = firstDueDay, Etag = terms.Etag };
    }
}

/// <summary>Looks into the database as its administrator.</summary>
internal static class Looking
{
    public static async Task<T> QueryAsync<T>(this Scene scene, string sql, object parameters)
    {
        await using var administrator = new NpgsqlConnection(scene.Database.AdminConnectionString);
        return await administrator.QuerySingleAsync<T>(sql, parameters);
    }
}
