using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ProjectDelivery.Launch;
using Delegation.ProjectDelivery.Projects;
using Delegation.ProjectDelivery.Scoping.Generation;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Google.Protobuf;
using Grpc.Core;

namespace Delegation.ProjectDelivery.Scoping.Answers;

/// <summary>The rpcs of <c>delegation.delivery.v1.ScopingAnswers</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class ScopingAnswersService(CommandRunner commands, TenantSessions sessions, Generator generator, TimeProvider clock)
    : ScopingAnswers.ScopingAnswersBase
{
    private const int LatestVersion = 0;

    public override Task<ScopingAnswer> AnswerQuestion(AnswerQuestionRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var (question, said) = AnswerContents.Read(request, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);
        return commands.RunAsync<AnswerQuestionRequest, ScopingAnswer>(
            request, context,
            (session, cancellation) => ProposeAsync(session, projectId, question, said, request.Etag, cancellation));
    }

    public override Task<ScopingAnswer> UploadGuaranteeGrid(UploadGuaranteeGridRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var grid = GridUpload.Read(request, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);
        return commands.RunAsync<UploadGuaranteeGridRequest, ScopingAnswer>(
            request, context,
            (session, cancellation) => ProposeAsync(
                session, projectId, ScopingQuestion.GuaranteeGrid, new ScopingAnswer { GuaranteeGrid = grid }, request.Etag, cancellation));
    }

    public override async Task<ScopingAnswer> GetScopingAnswer(GetScopingAnswerRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var question = AnswerReading.ReadQuestion(request.Question, violations);
        if (request.Version < 0)
            violations.Add(new FieldViolation(
                "version", "VERSION_NEGATIVE", new("Versions count from 1.", "Les versions se comptent à partir de 1."), new("Give one, or 0 for the latest.", "Indiquez-en une, ou 0 pour la dernière.")));
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        return (await session.FindAnswerAsync(project, question!.Value, request.Version, context.CancellationToken)).ValueOrStatus().ToMessage();
    }

    public override async Task<ListScopingAnswersResponse> ListScopingAnswers(ListScopingAnswersRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var question = request.Question == ScopingQuestion.Unspecified ? null : AnswerReading.ReadQuestion(request.Question, violations);
        var asked = PageRequest.Read(request.PageSize, request.PageToken, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        var rows = await session.ListAnswersAsync(project, question?.Stored(), asked, context.CancellationToken);
        var page = rows.ToPage(asked, answer => new PageKey(default, answer.Id));
        return new ListScopingAnswersResponse { Answers = { page.Items.Select(answer => answer.ToSummary()) }, NextPageToken = page.NextPageToken };
    }

    public override Task<ScopingAnswer> ValidateScopingAnswer(ValidateScopingAnswerRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var question = AnswerReading.ReadQuestion(request.Question, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);
        return commands.RunAsync<ValidateScopingAnswerRequest, ScopingAnswer>(
            request, context,
            (session, cancellation) => ValidateAsync(session, projectId, question!.Value, request.Etag, cancellation));
    }

    public override async Task<GeneratedItems> PreviewScopingItems(PreviewScopingItemsRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var question = AnswerReading.ReadQuestion(request.Question, violations);
        var projectId = PlanIds.ReadProject(request.ProjectId, violations);

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var project = (await session.FindProjectAsync(projectId, context.CancellationToken)).ValueOrStatus();
        var latest = (await session.FindAnswerAsync(project, question!.Value, LatestVersion, context.CancellationToken)).ValueOrStatus();
        return (await generator.DecideAsync(session, project, [latest], context.CancellationToken)).ToMessage(withNewIds: false);
    }

    public override Task<GeneratedItems> GenerateScopingItems(GenerateScopingItemsRequest request, ServerCallContext context)
    {
        var projectId = PlanIds.ReadProject(request.ProjectId, []);
        return commands.RunAsync<GenerateScopingItemsRequest, GeneratedItems>(
            request, context, (session, cancellation) => GenerateAsync(session, projectId, cancellation));
    }

    private async Task<Outcome<ScopingAnswer>> ProposeAsync(
        TenantSession session, Guid projectId, ScopingQuestion question, ScopingAnswer said, string etag, CancellationToken cancellationToken)
    {
        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        var latest = (await session.FindAnswerAsync(project, question, LatestVersion, cancellationToken) as Outcome<AnswerRow>.Accepted)?.Value;
        var now = clock.GetUtcNow();
        return await AnswerConsent.Propose(project, question, said.ToByteArray(), latest, etag, session.Caller.Side, NewId.At(now), now).ThenAsync<ScopingAnswer>(async answer =>
        {
            if (latest is { IsInEffect: false })
                await SupersedeAsync(session, latest, cancellationToken);
            await session.InsertAnswerAsync(answer, cancellationToken);
            await TellAsync(session, answer, new ScopingQuestionAnswered { Answer = answer.ToSummary(), ContentSha256 = answer.ContentSha256 }, cancellationToken);
            await session.AwaitConsentAsync(project, answer, clock, cancellationToken);
            if (latest is null)
                await session.AwaitAnswersAsync(project, clock, cancellationToken);
            return new Outcome<ScopingAnswer>.Accepted(answer.ToMessage());
        });
    }

    private async Task<Outcome<ScopingAnswer>> ValidateAsync(
        TenantSession session, Guid projectId, ScopingQuestion question, string etag, CancellationToken cancellationToken)
    {
        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        var latest = (await session.FindAnswerAsync(project, question, LatestVersion, cancellationToken)).ValueOrStatus();
        return await AnswerConsent.Consent(project, latest, session.Caller, etag, clock.GetUtcNow()).ThenAsync<ScopingAnswer>(async answer =>
        {
            if (answer.IsInEffect && (await session.ListAnswersInEffectAsync(project, cancellationToken)).FirstOrDefault(other => other.Question == answer.Question) is { } former)
                await SupersedeAsync(session, former, cancellationToken);
            await session.UpdateAnswerAsync(answer, cancellationToken);
            await TellAsync(session, answer, new ScopingAnswerConsented { Answer = answer.ToSummary() }, cancellationToken);
            await session.AwaitConsentAsync(project, answer, clock, cancellationToken);
            if (answer.IsInEffect)
                await generator.RunAsync(session, project, [answer], cancellationToken);
            return new Outcome<ScopingAnswer>.Accepted(answer.ToMessage());
        });
    }

    private async Task<Outcome<GeneratedItems>> GenerateAsync(TenantSession session, Guid projectId, CancellationToken cancellationToken)
    {
        var project = (await session.LockProjectAsync(projectId, cancellationToken)).ValueOrStatus();
        if (ProjectChange.NeedsAProjectInProgress<GeneratedItems>(project) is { } closed)
            return closed;

        var answers = await session.ListAnswersInEffectAsync(project, cancellationToken);
        return new Outcome<GeneratedItems>.Accepted(await generator.RunAsync(session, project, answers, cancellationToken));
    }

    private async Task SupersedeAsync(TenantSession session, AnswerRow former, CancellationToken cancellationToken)
    {
        var superseded = AnswerConsent.Supersede(former);
        await session.UpdateAnswerAsync(superseded, cancellationToken);
        await TellAsync(session, superseded, new ScopingAnswerSuperseded { Answer = superseded.ToSummary() }, cancellationToken);
        await session.AwaitNothingAsync(superseded, clock, cancellationToken);
    }

    private Task TellAsync(TenantSession session, AnswerRow answer, IMessage happened, CancellationToken cancellationToken) =>
        session.AppendAsync(answer.Parties.Entry(AnswerWork.ObjectType, answer.Id, answer.Revision, happened), clock, cancellationToken);
}
