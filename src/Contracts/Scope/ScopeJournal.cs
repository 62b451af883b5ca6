using Delegation.Access.V1;
using Delegation.Contracts.Delegations;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Google.Protobuf;
using State = Delegation.Contracts.V1.ScopeVersion.Types.State;

namespace Delegation.Contracts.Scope;

/// <summary>What the journal says of scopes: each change of a version, and whose validation it waits for.</summary>
internal static class ScopeJournal
{
    private const string ObjectType = "scope_version";

    private static readonly Side[] Sides = [Side.Insurer, Side.Delegate];

    /// <summary>Writes that a version changed, to both sides.</summary>
    public static Task AppendScopeAsync(this TenantSession session, ScopeVersionRow version, IMessage happened, TimeProvider clock, CancellationToken cancellationToken) =>
        session.AppendAsync(
            new JournalEvent(version.OwnerId, version.DelegationId, version.DelegateId, Visibility.Both, ObjectType, version.Id, version.Revision, happened),
            clock,
            cancellationToken);

    /// <summary>
    /// Keeps "validate" on the work list of exactly those sides whose consent is awaited, and "decide" on both as long as the version in effect
    /// has lines to be decided.
    /// </summary>
    public static async Task UpdateScopeWorkAsync(
        this TenantSession session, ScopeVersionRow version, SharedDelegation delegation, TimeProvider clock, CancellationToken cancellationToken)
    {
        var undecided = version.IsIn(State.Validated) ? version.ReadLines().Count(line => line.ToBeDecided) : 0;
        foreach (var side in Sides)
        {
            var key = new WorkItemKey("scope.validate", ObjectType, version.Id, side);
            if (version.IsIn(State.Proposed) && !version.HasConsentOf(side))
                await session.OpenWorkItemAsync(Validate(key, version, delegation), clock, cancellationToken);
            else
                await session.CloseWorkItemAsync(key, clock, cancellationToken);

            var decide = key with { Kind = "scope.decide" };
            if (undecided > 0)
                await session.OpenWorkItemAsync(Decide(decide, version, delegation, undecided), clock, cancellationToken);
            else
                await session.CloseWorkItemAsync(decide, clock, cancellationToken);
        }
    }

    /// <summary>Asks both sides for the amendment of a contract, since what was validated at scoping is not what was concluded.</summary>
    public static async Task OpenAmendWorkAsync(
        this TenantSession session, ScopeVersionRow version, SharedDelegation delegation, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var side in Sides)
            await session.OpenWorkItemAsync(Amend(AmendKey(version, side), version, delegation), clock, cancellationToken);
    }

    /// <summary>Nobody waits for the amendment any more.</summary>
    public static async Task CloseAmendWorkAsync(this TenantSession session, ScopeVersionRow version, TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var side in Sides)
            await session.CloseWorkItemAsync(AmendKey(version, side), clock, cancellationToken);
    }

    private static WorkItemKey AmendKey(ScopeVersionRow version, Side side) => new("scope.amend", ObjectType, version.Id, side);

    private static OpenWork Amend(WorkItemKey key, ScopeVersionRow version, SharedDelegation delegation) => new(
        key,
        version.OwnerId,
        version.DelegationId,
        version.DelegateId,
        new($"Propose the amendment for version {version.Number} of the scope of {delegation.Title}",
            $"Proposer l'avenant pour la version {version.Number} du périmètre de {delegation.Title}"))
    {
        Roles = [Role.DelegationManager, Role.Legal],
        DueDay = version.EffectiveDay,
    };

    private static OpenWork Validate(WorkItemKey key, ScopeVersionRow version, SharedDelegation delegation) => new(
        key,
        version.OwnerId,
        version.DelegationId,
        version.DelegateId,
        new($"Validate version {version.Number} of the scope of {delegation.Title}", $"Valider la version {version.Number} du périmètre de {delegation.Title}"))
    {
        Roles = [Role.DelegationManager],
        DueDay = version.EffectiveDay,
    };

    private static OpenWork Decide(WorkItemKey key, ScopeVersionRow version, SharedDelegation delegation, int undecided) => new(
        key,
        version.OwnerId,
        version.DelegationId,
        version.DelegateId,
        new($"Settle what is to be decided in the scope of {delegation.Title} ({undecided})", $"Arrêter ce qui reste à décider dans le périmètre de {delegation.Title} ({undecided})"))
    {
        Roles = [Role.DelegationManager, Role.ProjectLead],
    };
}
