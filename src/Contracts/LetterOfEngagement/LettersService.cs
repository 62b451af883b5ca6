using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.Contracts.LetterOfEngagement;

/// <summary>The rpcs of <c>delegation.contracts.v1.Letters</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class LettersService(CommandRunner commands, LetterCommands letters, TenantSessions sessions) : Letters.LettersBase
{
    public override async Task<ListMinimumTermsResponse> ListMinimumTerms(ListMinimumTermsRequest request, ServerCallContext context)
    {
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        return new() { Terms = { await session.ReadMinimumTermsAsync(context.CancellationToken) } };
    }

    public override async Task<Letter> GetLetter(GetLetterRequest request, ServerCallContext context) =>
        (await sessions.ReadSharedAsync(
            context, request.DelegationId, "letter_id", request.LetterId,
            (session, delegation, id) => session.FindLetterAsync(delegation, id, context.CancellationToken), LetterRefusals.NotFound)).ToMessage();

    public override async Task<ListLettersResponse> ListLetters(ListLettersRequest request, ServerCallContext context)
    {
        var asked = SharedObjectPage.Read(request.DelegationId, request.PageSize, request.PageToken).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(asked.Delegation, context.CancellationToken)).ValueOrStatus();
        var letters = await session.ListLettersAsync(delegation, asked.Page, context.CancellationToken);
        return new() { Letters = { letters.Items.Select(letter => (letter with { Text = "" }).ToMessage()) }, NextPageToken = letters.NextPageToken };
    }

    public override Task<Letter> CreateLetter(CreateLetterRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => letters.DraftAsync(session, request, cancellationToken));

    public override Task<Letter> UpdateLetter(UpdateLetterRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => letters.ChangeAsync(session, request, cancellationToken));

    public override Task<Letter> IssueLetter(IssueLetterRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => letters.IssueAsync(session, request, cancellationToken));

    public override Task<Letter> SignLetter(SignLetterRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => letters.SignAsync(session, request, cancellationToken));

    public override Task<Letter> WithdrawLetter(WithdrawLetterRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => letters.WithdrawAsync(session, request, cancellationToken));

    public override Task<Letter> TerminateLetter(TerminateLetterRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => letters.TerminateAsync(session, request, cancellationToken));
}
