using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.Contracts.Finance;

/// <summary>The rpcs of <c>delegation.contracts.v1.Invoices</c>. What each means is in the contract.</summary>
internal sealed class InvoicesService(CommandRunner commands, TenantSessions sessions, TimeProvider clock) : Invoices.InvoicesBase
{
    public override async Task<Invoice> GetInvoice(GetInvoiceRequest request, ServerCallContext context) =>
        (await sessions.ReadSharedAsync(
            context, request.DelegationId, "invoice_id", request.InvoiceId,
            (session, delegation, id) => session.FindInvoiceAsync(delegation, id, context.CancellationToken), InvoiceCommands.NotFound)).ToMessage();

    public override async Task<ListInvoicesResponse> ListInvoices(ListInvoicesRequest request, ServerCallContext context)
    {
        var asked = SharedObjectPage.Read(request.DelegationId, request.PageSize, request.PageToken).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(asked.Delegation, context.CancellationToken)).ValueOrStatus();
        var invoices = await session.ListInvoicesAsync(delegation, asked.Page, context.CancellationToken);
        return new() { Invoices = { invoices.Items.Select(invoice => invoice.ToMessage()) }, NextPageToken = invoices.NextPageToken };
    }

    public override Task<Invoice> SubmitInvoice(SubmitInvoiceRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => InvoiceCommands.SubmitAsync(session, request, clock, cancellationToken));

    public override Task<Invoice> AnswerInvoice(AnswerInvoiceRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => InvoiceCommands.AnswerAsync(session, request, clock, cancellationToken));

    public override Task<Invoice> WithdrawInvoice(WithdrawInvoiceRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => InvoiceCommands.WithdrawAsync(session, request, clock, cancellationToken));
}
