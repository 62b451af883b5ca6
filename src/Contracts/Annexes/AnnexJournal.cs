using Delegation.Access.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using Google.Protobuf;
using State = Delegation.Contracts.V1.Annex.Types.State;

namespace Delegation.Contracts.Annexes;

/// <summary>What the journal says of annexes and their versions, and whom they wait for since.</summary>
internal static class AnnexJournal
{
    private const string ObjectType = "annex";

    /// <summary>Writes that a version changed, to whoever sees it.</summary>
    public static Task AppendVersionAsync(this DatabaseSession session, AnnexVersionRow version, IMessage happened, TimeProvider clock, CancellationToken cancellationToken) =>
        session.AppendAsync(
            new JournalEvent(version.OwnerId, version.DelegationId, version.DelegateId, version.SeenBy, "annex_version", version.Id, version.Revision, happened),
            clock,
            cancellationToken);

    /// <summary>Writes that an annex changed, to both sides, and keeps the work lists of both in step.</summary>
    public static async Task AppendAnnexAsync(this DatabaseSession session, AnnexRow annex, IMessage happened, TimeProvider clock, CancellationToken cancellationToken)
    {
        await session.AppendAsync(
            new JournalEvent(annex.OwnerId, annex.DelegationId, annex.DelegateId, Visibility.Both, ObjectType, annex.Id, annex.Revision, happened), clock, cancellationToken);

        var name = AnnexKinds.Name(annex.KindOf, annex.Title);
        var pending = annex.PendingDepartments();
        var renewed = annex.IsIn(State.Approved) && annex.WarnTime is not null;
        var asked = annex.IsUnderReview && annex.ReadReviews().Any(review => !review.Approved);
        await KeepAsync(annex.ProviderSide, "annex.provide", annex.IsIn(State.Requested) || annex.IsIn(State.Expired) || renewed || asked, [Role.DelegationManager], renewed ? annex.ExpireDay!.Value : annex.DueDay, new(
            $"Provide {name.English}", $"Fournir {name.French}"));
        await KeepAsync(annex.ReceiverSide, "annex.review", annex.IsUnderReview && pending.Count > 0, pending, annex.DueDay, new(
            $"Review {name.English}", $"Relire {name.French}"));
        await KeepAsync(annex.ReceiverSide, "annex.approve", annex.IsUnderReview && pending.Count == 0, [Role.DelegationManager], annex.DueDay, new(
            $"Approve {name.English}", $"Approuver {name.French}"));

        Task KeepAsync(Side side, string kind, bool isOpen, IReadOnlyList<Role> roles, DateOnly due, LocalizedText title)
        {
            var key = new WorkItemKey(kind, ObjectType, annex.Id, side);
            return isOpen
                ? session.OpenWorkItemAsync(new OpenWork(key, annex.OwnerId, annex.DelegationId, annex.DelegateId, title) { Roles = roles, DueDay = due }, clock, cancellationToken)
                : session.CloseWorkItemAsync(key, clock, cancellationToken);
        }
    }

    /// <summary>Plans the next look at the days of an annex.</summary>
    public static Task PlanDeadlinesAsync(this TenantSession session, AnnexRow annex, CancellationToken cancellationToken) => AnnexDeadlines.Next(annex) is { } time
        ? session.ScheduleAsync(AnnexDeadlineWork.WorkKind, annex.OwnerId, annex.DelegationId, annex.Id, time, cancellationToken)
        : session.CancelScheduledAsync(AnnexDeadlineWork.WorkKind, annex.OwnerId, annex.DelegationId, annex.Id, cancellationToken);
}
