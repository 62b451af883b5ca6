using Delegation.Contracts.Delegations;
using Delegation.Contracts.LetterOfEngagement;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.Regulation;
using Delegation.Contracts.Scope;
using Delegation.Contracts.Signature;
using Delegation.Contracts.TitleToOperate;
using Delegation.Contracts.V1;
using Delegation.Documents;
using Delegation.Persistence.Files;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Protobuf;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Contracting;

/// <summary>The commands on contracts from the agreed text on: each locks the delegation, loads, decides, and saves with entry and work items.</summary>
internal sealed class ContractingCommands(ContractingOptions options, TimeProvider clock)
{
    public Task<Outcome<Contract>> IssueAsync(TenantSession session, IssueContractRequest request, CancellationToken cancellationToken) =>
        Negotiating.LockAsync(session, request.DelegationId, request.ContractId, async found =>
        {
            var now = clock.GetUtcNow();
            var matters = await ReadMattersAsync(session, found, now, cancellationToken);
            var open = await session.OpenReviewsAsync(found.Contract, cancellationToken);
            return await Issuing.Issue(request, found.Contract, matters, open, NewId.At(now), now).ThenAsync(async issued =>
            {
                var trade = await session.ReadTradeListAsync(cancellationToken);
                var file = PdfFile.Of(ContractPages.Of(issued, matters, found.Delegation, trade));
                var frozen = Issuing.With(issued, file);
                await StoreAsync(session, frozen, file, cancellationToken);
                await session.SaveScopeLinesAsync(frozen, matters.Scope!, cancellationToken);
                return await SaveAsync(session, frozen, message => new ContractIssued { Contract = message }, cancellationToken);
            });
        }, cancellationToken);

    public Task<Outcome<Contract>> SignAsync(TenantSession session, SignContractRequest request, CancellationToken cancellationToken) =>
        Negotiating.LockAsync(session, request.DelegationId, request.ContractId, async found =>
        {
            var name = await session.OwnNameAsync(cancellationToken);
            await session.LockTitlesAsync(found.Delegation.Id, cancellationToken);
            var now = clock.GetUtcNow();
            var matters = await ReadMattersAsync(session, found, now, cancellationToken);
            var missing = Readiness.MissingToSign(found.Contract, matters).ToArray();
            return await ContractSigning.Sign(found.Contract, request.DocumentSha256, session.Caller, name, found.Delegation, missing, now).ThenAsync(async signed =>
            {
                if (!signed.IsIn(State.InForce))
                    return await SaveAsync(session, signed, message => new ContractSigned { Contract = message, Side = session.Caller.Side }, cancellationToken);

                if (matters.Amended is { } amended)
                    await AmendAsync(session, amended, signed, cancellationToken);
                else
                    await ReplaceAsync(session, found.Delegation, signed, now, cancellationToken);

                return await SaveAsync(session, signed, message => new ContractEnteredIntoForce { Contract = message }, cancellationToken);
            });
        }, cancellationToken);

    public Task<Outcome<Contract>> RecallAsync(TenantSession session, RecallContractRequest request, CancellationToken cancellationToken) =>
        Negotiating.LockAsync(session, request.DelegationId, request.ContractId, found =>
            ContractSigning.Recall(found.Contract, request.Etag).ThenAsync(recalled =>
                SaveAsync(session, recalled, message => new ContractRecalled { Contract = message }, cancellationToken)), cancellationToken);

    public Task<Outcome<Contract>> TerminateAsync(TenantSession session, TerminateContractRequest request, CancellationToken cancellationToken) =>
        Negotiating.LockAsync(session, request.DelegationId, request.ContractId, async found =>
        {
            await session.LockTitlesAsync(found.Delegation.Id, cancellationToken);
            return await Notices.Give(request, found.Contract, session.Caller, clock.GetUtcNow()).ThenAsync(noticed => SaveAsync(
                session,
                noticed,
                message => new ContractTerminationNotified { Contract = message, Notice = message.Conclusion.Notices[^1] },
                cancellationToken));
        }, cancellationToken);

    public Task<Outcome<Contract>> TerminateByConsentAsync(TenantSession session, TerminateByConsentRequest request, CancellationToken cancellationToken) =>
        Negotiating.LockAsync(session, request.DelegationId, request.ContractId, async found =>
        {
            await session.LockTitlesAsync(found.Delegation.Id, cancellationToken);
            return await MutualTermination.Consent(request, found.Contract, session.Caller, clock.GetUtcNow()).ThenAsync(consented => SaveAsync(
                session,
                consented,
                message => consented.ProposedTermination is null
                    ? new ContractTerminationNotified { Contract = message, Notice = message.Conclusion.Notices[^1] }
                    : new ContractTerminationProposed { Contract = message, Side = session.Caller.Side },
                cancellationToken));
        }, cancellationToken);

    public Task<Outcome<Contract>> DeclineTerminationAsync(TenantSession session, DeclineTerminationRequest request, CancellationToken cancellationToken) =>
        Negotiating.LockAsync(session, request.DelegationId, request.ContractId, found =>
            MutualTermination.Decline(request, found.Contract, session.Caller).ThenAsync(declined => SaveAsync(
                session,
                declined,
                message => new ContractTerminationDeclined { Contract = message, Side = session.Caller.Side, Comment = request.Comment.Trim() },
                cancellationToken)), cancellationToken);

    private static async Task<Matters> ReadMattersAsync(TenantSession session, Negotiated found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (delegation, contract) = found;
        var day = Issuing.Day(contract, now);
        var coverage = (await session.ReadCoverageAsync(delegation, contract.Id, day, cancellationToken)).ValueOrStatus();
        var amended = contract.AmendsId is { } id ? await session.FindContractAsync(delegation, id, cancellationToken) : null;
        var formerText = amended is null ? null : await ConsolidatedText.ReadAsync(session, delegation, amended.Id, day, cancellationToken);
        return new Matters(
            [.. (await session.ListClausesAsync(contract, cancellationToken)).Where(clause => !clause.Removed)],
            coverage,
            await session.ListApprovedAnnexesAsync(delegation, cancellationToken),
            await session.FindValidatedScopeAsync(delegation, cancellationToken),
            amended,
            formerText?.Clauses.Select(clause => clause.Code).ToHashSet() ?? []);
    }

    private async Task StoreAsync(TenantSession session, ContractRow contract, PdfFile file, CancellationToken cancellationToken)
    {
        await using var received = new ReceivedFile();
        await received.AddAsync(file.Bytes, cancellationToken);
        var party = new FileParty(contract.OwnerId, contract.DelegationId, contract.DelegateId, Visibility.Both);
        await session.StoreFileAsync(party, contract.DocumentId!.Value, received, clock.GetUtcNow().InMicroseconds(), cancellationToken);
    }

    private async Task AmendAsync(TenantSession session, ContractRow amended, ContractRow amendment, CancellationToken cancellationToken)
    {
        if (ContractSigning.Amend(amended, amendment) is { } changed)
            await SaveAsync(session, changed, message => new ContractDurationAmended { Contract = message, AmendmentId = amendment.Id.ToString() }, cancellationToken);
    }

    private async Task ReplaceAsync(TenantSession session, SharedDelegation delegation, ContractRow signed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var former in await session.ListContractsInForceAsync(delegation, cancellationToken))
            if (ContractSigning.Supersede(former, signed, now) is { } superseded)
                await SaveAsync(session, superseded, message => new ContractSuperseded { Contract = message, SuccessorId = signed.Id.ToString() }, cancellationToken);

        // A letter that ends before keeps its warnings: it leaves days without a title.
        if (await session.LockLetterInForceAsync(delegation, cancellationToken) is { } letter && letter.EndDay >= signed.EffectiveDay.AddDays(-1))
            await LetterSuccession.SupersedeAsync(session, letter, signed.EffectiveDay, signed.Id, now, clock, cancellationToken);
    }

    private async Task<Outcome<Contract>> SaveAsync(TenantSession session, ContractRow contract, Func<Contract, IMessage> happened, CancellationToken cancellationToken)
    {
        await session.SaveContractAsync(contract, cancellationToken);
        await session.AppendContractAsync(contract, happened(contract.ToEvent()), clock, cancellationToken);
        await session.KeepContractWorkAsync(contract, options, clock, cancellationToken);
        if (contract.IsIn(State.Agreed, State.Issued))
            await session.KeepIssueWorkAsync(contract, clock, cancellationToken);
        if (!contract.IsAmendment && contract.InForceTime is not null)
            await session.ScheduleTermAsync(contract, options, clock, cancellationToken);

        return new Outcome<Contract>.Accepted(contract.ToMessage());
    }
}
