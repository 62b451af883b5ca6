using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.Contracts.Finance;

/// <summary>The rpcs of <c>delegation.contracts.v1.CreditNotes</c>. What each means is in the contract.</summary>
internal sealed class CreditNotesService(CommandRunner commands, TenantSessions sessions, MeasuresOfReporting measures, TimeProvider clock) : CreditNotes.CreditNotesBase
{
    public override async Task<CreditNote> GetCreditNote(GetCreditNoteRequest request, ServerCallContext context) =>
        (await sessions.ReadSharedAsync(
            context, request.DelegationId, "credit_note_id", request.CreditNoteId,
            (session, delegation, id) => session.FindCreditNoteAsync(delegation, id, context.CancellationToken), CreditNoteMoves.NotFound)).ToMessage();

    public override async Task<ListCreditNotesResponse> ListCreditNotes(ListCreditNotesRequest request, ServerCallContext context)
    {
        var asked = SharedObjectPage.Read(request.DelegationId, request.PageSize, request.PageToken).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(asked.Delegation, context.CancellationToken)).ValueOrStatus();
        var notes = await session.ListCreditNotesAsync(delegation, asked.Page, context.CancellationToken);
        return new() { CreditNotes = { notes.Items.Select(note => note.ToMessage()) }, NextPageToken = notes.NextPageToken };
    }

    public override Task<CreditNote> IssueCreditNote(IssueCreditNoteRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, async (session, cancellationToken) =>
            await (await measures.FillAsync(request, cancellationToken)).ThenAsync(filled => CreditNoteCommands.IssueAsync(session, filled, clock, cancellationToken)));

    public override Task<CreditNote> AcceptCreditNote(AcceptCreditNoteRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => CreditNoteCommands.AcceptAsync(session, request, clock, cancellationToken));

    public override Task<CreditNote> DisputeCreditNote(DisputeCreditNoteRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => CreditNoteCommands.DisputeAsync(session, request, clock, cancellationToken));

    public override Task<CreditNote> WithdrawCreditNote(WithdrawCreditNoteRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => CreditNoteCommands.WithdrawAsync(session, request, clock, cancellationToken));
}
