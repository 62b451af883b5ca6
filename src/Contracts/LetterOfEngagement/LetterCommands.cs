using Delegation.Contracts.Annexes;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.Scope;
using Delegation.Contracts.Signature;
using Delegation.Contracts.TitleToOperate;
using Delegation.Contracts.V1;
using Delegation.Persistence.DueWork;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;
using State = Delegation.Contracts.V1.Letter.Types.State;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>The commands on letters: each locks delegation and letter, loads, decides, and saves the letter with its entry and work items.</summary>
internal sealed class LetterCommands(LetterOptions options, TimeProvider clock)
{
    public async Task<Outcome<Letter>> DraftAsync(TenantSession session, CreateLetterRequest request, CancellationToken cancellationToken)
    {
        var violations = new List<FieldViolation>();
        if (IdField.Read("delegation_id", request.DelegationId, violations) is not { } delegationId)
            return new Outcome<Letter>.Invalid(violations);

        return await (await session.LockSharedDelegationAsync(delegationId, cancellationToken)).ThenAsync(async delegation =>
        {
            var isKnown = await FindScopeAsync(session, delegation, request.ScopeVersionId, cancellationToken) is not null;
            var terms = await session.ReadMinimumTermsAsync(cancellationToken);
            var now = clock.GetUtcNow();
            return await Drafting.Draft(request, delegation, isKnown, terms, options, NewId.At(now), now).ThenAsync(async letter =>
            {
                await session.InsertLetterAsync(letter, cancellationToken);
                return await AnsweredAsync(session, letter, message => new LetterDrafted { Letter = message }, cancellationToken);
            });
        });
    }

    public Task<Outcome<Letter>> ChangeAsync(TenantSession session, UpdateLetterRequest request, CancellationToken cancellationToken) =>
        LockedAsync(session, request.DelegationId, request.LetterId, async (delegation, letter) =>
        {
            var isKnown = await FindScopeAsync(session, delegation, request.ScopeVersionId, cancellationToken) is not null;
            return await Drafting.Change(request, letter, isKnown, options).ThenAsync(changed =>
                SaveAsync(session, changed, message => new LetterChanged { Letter = message }, cancellationToken));
        }, cancellationToken);

    public Task<Outcome<Letter>> IssueAsync(TenantSession session, IssueLetterRequest request, CancellationToken cancellationToken) =>
        LockedAsync(session, request.DelegationId, request.LetterId, async (delegation, letter) =>
        {
            var scope = await FindScopeAsync(session, delegation, letter.ScopeVersionId?.ToString() ?? "", cancellationToken);
            var trade = await session.ReadTradeListAsync(cancellationToken);
            var terms = await session.ReadMinimumTermsAsync(cancellationToken);
            return await Issuing.Issue(letter, request.Etag, delegation, scope, trade, terms, clock.GetUtcNow()).ThenAsync(issued =>
                SaveAsync(session, issued, message => new LetterIssued { Letter = message }, cancellationToken));
        }, cancellationToken);

    public Task<Outcome<Letter>> WithdrawAsync(TenantSession session, WithdrawLetterRequest request, CancellationToken cancellationToken) =>
        LockedAsync(session, request.DelegationId, request.LetterId, (_, letter) => Drafting.Withdraw(letter, request.Etag).ThenAsync(withdrawn =>
            SaveAsync(session, withdrawn, message => new LetterWithdrawn { Letter = message }, cancellationToken)), cancellationToken);

    public Task<Outcome<Letter>> SignAsync(TenantSession session, SignLetterRequest request, CancellationToken cancellationToken) =>
        LockedAsync(session, request.DelegationId, request.LetterId, async (delegation, letter) =>
        {
            var name = await session.OwnNameAsync(cancellationToken);
            var former = await session.LockLetterInForceAsync(delegation, cancellationToken);
            await session.LockTitlesAsync(delegation.Id, cancellationToken);
            var now = clock.GetUtcNow();
            return await Signing.Sign(letter, request.TextSha256, session.Caller, name, delegation, now).ThenAsync(async signed =>
            {
                if (!signed.IsIn(State.InForce))
                    return await SaveAsync(session, signed, message => new LetterSigned { Letter = message, Side = session.Caller.Side }, cancellationToken);

                if (former is not null)
                    await LetterSuccession.SupersedeAsync(session, former, signed.EffectiveDay!.Value, signed.Id, now, clock, cancellationToken);

                await session.ScheduleAsync(
                    LetterExpiry.WorkKind, signed.OwnerId, signed.DelegationId, signed.Id, ExpirySteps.Next(signed.EndDay!.Value, warned: null), cancellationToken);
                await session.RequestAnnexesAsync(signed, clock, cancellationToken);
                return await SaveAsync(session, signed, message => new LetterEnteredIntoForce { Letter = message }, cancellationToken);
            });
        }, cancellationToken);

    public Task<Outcome<Letter>> TerminateAsync(TenantSession session, TerminateLetterRequest request, CancellationToken cancellationToken) =>
        LockedAsync(session, request.DelegationId, request.LetterId, async (_, letter) =>
        {
            await session.LockTitlesAsync(letter.DelegationId, cancellationToken);
            return await Terminating.Consent(request, letter, session.Caller, clock.GetUtcNow()).ThenAsync(consented => SaveAsync(
                session,
                consented,
                message => consented.IsIn(State.Terminated) ? new LetterTerminated { Letter = message } : new LetterTerminationConsented { Letter = message, Side = session.Caller.Side },
                cancellationToken));
        }, cancellationToken);

    // What is no id of a version of this delegation is none, whether or not it is one of another.
    private static async Task<ScopeVersionRow?> FindScopeAsync(TenantSession session, SharedDelegation delegation, string id, CancellationToken cancellationToken) =>
        Guid.TryParseExact(id, "D", out var scopeVersionId) ? await session.FindScopeVersionAsync(delegation, scopeVersionId, cancellationToken) : null;

    private static Task<Outcome<Letter>> LockedAsync(
        TenantSession session,
        string delegationId,
        string letterId,
        Func<SharedDelegation, LetterRow, Task<Outcome<Letter>>> command,
        CancellationToken cancellationToken) =>
        session.LockSharedDelegationAsync(delegationId, "letter_id", letterId, async (delegation, id) =>
        {
            var letter = await session.LockLetterAsync(delegation, id, cancellationToken);
            var found = letter is null ? LetterRefusals.NotFound : new Outcome<LetterRow>.Accepted(letter);
            return await found.ThenAsync(row => command(delegation, row));
        }, cancellationToken);

    private async Task<Outcome<Letter>> SaveAsync(TenantSession session, LetterRow letter, Func<Letter, IMessage> happened, CancellationToken cancellationToken)
    {
        await session.SaveLetterAsync(letter, cancellationToken);
        return await AnsweredAsync(session, letter, happened, cancellationToken);
    }

    private async Task<Outcome<Letter>> AnsweredAsync(TenantSession session, LetterRow letter, Func<Letter, IMessage> happened, CancellationToken cancellationToken)
    {
        await session.AppendLetterAsync(letter, happened(letter.ToEvent()), clock, cancellationToken);
        return new Outcome<Letter>.Accepted(letter.ToMessage());
    }
}
