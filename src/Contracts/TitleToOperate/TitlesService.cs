using Delegation.Contracts.Delegations;
using Delegation.Contracts.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Grpc.Core;

namespace Delegation.Contracts.TitleToOperate;

/// <summary>The rpcs of <c>delegation.contracts.v1.Titles</c>: read, derive, answer. What each means is in the contract.</summary>
internal sealed class TitlesService(TenantSessions sessions, TimeProvider clock) : Titles.TitlesBase
{
    public override async Task<TitleAnswer> GetTitle(GetTitleRequest request, ServerCallContext context)
    {
        var question = TitleQuestion.Read(request.DelegationId, request.Day, request.KnownTime, request.Line, clock.GetUtcNow()).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var (answers, _) = await AnswersAsync(session, question, withScope: false, context);

        return question.Line is { } line ? answers.Of(line) : answers.Whole();
    }

    public override async Task<ListTitlesResponse> ListTitles(ListTitlesRequest request, ServerCallContext context)
    {
        var question = TitleQuestion.Read(request.DelegationId, request.Day, request.KnownTime, line: null, clock.GetUtcNow()).ValueOrStatus();
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var (answers, scope) = await AnswersAsync(session, question, withScope: true, context);

        return new() { Delegation = answers.Whole(), Lines = { answers.Each(scope) } };
    }

    private async Task<(TitleAnswers Answers, IReadOnlyList<ScopeLine>? Scope)> AnswersAsync(
        TenantSession session, TitleQuestion question, bool withScope, ServerCallContext context)
    {
        var delegation = (await session.FindSharedDelegationAsync(question.DelegationId, context.CancellationToken)).ValueOrStatus();
        await session.AwaitTitlesAsync(delegation.Id, context.CancellationToken);

        var now = clock.GetUtcNow();
        var (day, knownTime) = (question.Day ?? ParisDays.DayAt(now), question.KnownTime ?? now.InMicroseconds());
        var facts = await session.ReadTitleFactsAsync(delegation, context.CancellationToken);
        var scope = withScope ? await session.FindScopeLinesAsync(delegation, day, knownTime, context.CancellationToken) : null;

        return (new TitleAnswers(delegation.Id, day, knownTime, facts, Language.Of(context.RequestHeaders.GetValue("accept-language"))), scope);
    }
}
