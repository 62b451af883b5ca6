using System.Security.Cryptography;
using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Scoping;
using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Access.RecordedCalls;

internal sealed class OfScoping : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(ScopingAnswers.Descriptor, "AnswerQuestion", Who.Members(Role.DelegationManager, Role.ProjectLead, Role.Operations, Role.Reporting), async scene =>
        {
            var (two, answer) = await scene.AnswerAsync();
            return (two.Delegate, PreparingScoping.TakeOver(answer.ProjectId, answer.Etag));
        }),
        new(ScopingAnswers.Descriptor, "UploadGuaranteeGrid", Doers, async scene =>
        {
            var (two, project) = await scene.ProjectAsync();
            var request = PreparingScoping.Upload(project.Id);
            request.Sha256 = Convert.ToHexStringLower(SHA256.HashData(request.File.Data.Span));
            return (two.Delegate, request);
        }),
        new(ScopingAnswers.Descriptor, "GetScopingAnswer", Who.AnyMember(), async scene =>
        {
            var (two, answer) = await scene.AnswerAsync();
            return (two.Delegate, new GetScopingAnswerRequest { ProjectId = answer.ProjectId, Question = answer.Question, Version = 1 });
        }),
        new(ScopingAnswers.Descriptor, "ListScopingAnswers", Who.AnyMember(), async scene =>
        {
            var (two, answer) = await scene.AnswerAsync();
            return (two.Delegate, new ListScopingAnswersRequest { ProjectId = answer.ProjectId, Question = answer.Question });
        }),
        new(ScopingAnswers.Descriptor, "ValidateScopingAnswer", Who.BothSides(Role.DelegationManager, Role.ProjectLead), async scene =>
        {
            var (two, answer) = await scene.AnswerAsync();
            await PreparingScoping.Answers(scene, two.Insurer).ValidateScopingAnswerAsync(PreparingScoping.Validation(answer), deadline: Preparing.Deadline);
            return (two.Delegate, PreparingScoping.Validation(answer));
        }),
        new(ScopingAnswers.Descriptor, "PreviewScopingItems", Who.AnyMember(), async scene =>
        {
            var (two, answer) = await scene.AnswerAsync();
            return (two.Delegate, new PreviewScopingItemsRequest { ProjectId = answer.ProjectId, Question = answer.Question });
        }),
        new(ScopingAnswers.Descriptor, "GenerateScopingItems", Leads, async scene =>
        {
            var (two, project) = await scene.ScopedAsync();
            return (two.Delegate, new GenerateScopingItemsRequest { ProjectId = project.Id });
        }),
        new(ScopingItems.Descriptor, "GetDeliverable", Who.AnyMember(), async scene =>
        {
            var (two, project) = await scene.ScopedAsync();
            return (two.Delegate, new GetDeliverableRequest { ProjectId = project.Id, DeliverableId = (await scene.DeliverableAsync(two.Insurer, project)).Id });
        }),
        new(ScopingItems.Descriptor, "ListDeliverables", Who.AnyMember(), async scene =>
        {
            var (two, project) = await scene.ScopedAsync();
            return (two.Delegate, new ListDeliverablesRequest { ProjectId = project.Id });
        }),
        new(ScopingItems.Descriptor, "UpdateDeliverable", Doers, async scene =>
        {
            var (two, project) = await scene.ScopedAsync();
            return (two.Delegate, PreparingScoping.Whole(await scene.DeliverableAsync(two.Insurer, project)));
        }),
        new(ScopingItems.Descriptor, "ValidateDeliverable", Who.BothSides(Role.DelegationManager, Role.ProjectLead), async scene =>
        {
            var (two, project) = await scene.ScopedAsync();
            var item = await scene.DeliverableAsync(two.Insurer, project);
            return (two.Delegate, new ValidateDeliverableRequest { ProjectId = project.Id, DeliverableId = item.Id, Etag = item.Etag });
        }),
        new(ScopingItems.Descriptor, "GetTakeOverLot", Who.AnyMember(), async scene =>
        {
            var (two, project) = await scene.ScopedAsync();
            return (two.Delegate, new GetTakeOverLotRequest { ProjectId = project.Id, LotId = (await scene.LotAsync(two.Insurer, project)).Id });
        }),
        new(ScopingItems.Descriptor, "ListTakeOverLots", Who.AnyMember(), async scene =>
        {
            var (two, project) = await scene.ScopedAsync();
            return (two.Delegate, new ListTakeOverLotsRequest { ProjectId = project.Id });
        }),
        new(ScopingItems.Descriptor, "UpdateTakeOverLot", Doers, async scene =>
        {
            var (two, project) = await scene.ScopedAsync();
            return (two.Delegate, PreparingScoping.Whole(await scene.LotAsync(two.Insurer, project)));
        }),
        new(ScopingItems.Descriptor, "GetReportDefinition", Who.AnyMember(), async scene =>
        {
            var (two, project) = await scene.ScopedAsync();
            return (two.Delegate, new GetReportDefinitionRequest { ProjectId = project.Id, ReportId = (await scene.ReportAsync(two.Insurer, project)).Id });
        }),
        new(ScopingItems.Descriptor, "ListReportDefinitions", Who.AnyMember(), async scene =>
        {
            var (two, project) = await scene.ScopedAsync();
            return (two.Delegate, new ListReportDefinitionsRequest { ProjectId = project.Id });
        }),
        new(ScopingItems.Descriptor, "UpdateReportDefinition", Who.Members(Role.DelegationManager, Role.ProjectLead, Role.Operations, Role.Reporting), async scene =>
        {
            var (two, project) = await scene.ScopedAsync();
            return (two.Delegate, PreparingScoping.Whole(await scene.ReportAsync(two.Insurer, project)));
        }),
        new(ScopingItems.Descriptor, "GetAcceptanceCase", Who.AnyMember(), async scene =>
        {
            var (two, project) = await scene.ScopedAsync();
            return (two.Delegate, new GetAcceptanceCaseRequest { ProjectId = project.Id, CaseId = (await scene.CaseAsync(two.Insurer, project)).Id });
        }),
        new(ScopingItems.Descriptor, "ListAcceptanceCases", Who.AnyMember(), async scene =>
        {
            var (two, project) = await scene.ScopedAsync();
            return (two.Delegate, new ListAcceptanceCasesRequest { ProjectId = project.Id });
        }),
        new(ScopingItems.Descriptor, "UpdateAcceptanceCase", Doers, async scene =>
        {
            var (two, project) = await scene.ScopedAsync();
            return (two.Delegate, PreparingScoping.Whole(await scene.CaseAsync(two.Insurer, project)));
        }),
    ];

    private static AccessRule Leads => Who.Members(Role.DelegationManager, Role.ProjectLead);

    private static AccessRule Doers => Who.Members(Role.DelegationManager, Role.ProjectLead, Role.Operations);
}
