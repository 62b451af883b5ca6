using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.Reporting.Tests.Operational;
using Delegation.Reporting.V1;
using Delegation.TestKit.Access;
using Google.Protobuf.WellKnownTypes;

namespace Delegation.Reporting.Tests.Access.RecordedCalls;

internal sealed class OfMeasures : IRecordedCalls
{
    private static readonly Role[] Tellers = [Role.DelegationManager, Role.Reporting, Role.Operations];

    public IEnumerable<RecordedCall> All =>
    [
        new(Measures.Descriptor, "RecordMeasures", Who.Members(Tellers), async scene =>
        {
            var partners = await scene.PartnersAsync();
            await scene.CommitAsync(partners, PreparingCommitments.Quotes());
            return (partners.Delegate, new RecordMeasuresRequest { DelegationId = partners.DelegationId, PeriodStartDay = "2026-04-01", PeriodEndDay = "2026-04-30" });
        }),
        new(Measures.Descriptor, "ListMeasures", Who.AnyMember(), async scene =>
        {
            var (partners, measure) = await scene.BreachAsync();
            return (partners.Insurer, new ListMeasuresRequest { DelegationId = partners.DelegationId, CommitmentId = measure.CommitmentId, BreachedOnly = true });
        }),
        new(Measures.Descriptor, "GetMeasure", Who.AnyMember(), async scene =>
        {
            var (partners, measure) = await scene.BreachAsync();
            return (partners.Insurer, new GetMeasureRequest { DelegationId = partners.DelegationId, MeasureId = measure.Id });
        }),
        new(Measures.Descriptor, "ListLateOperations", Who.AnyMember(), async scene =>
        {
            var (partners, measure) = await scene.BreachAsync();
            return (partners.Delegate, new ListLateOperationsRequest { DelegationId = partners.DelegationId, MeasureId = measure.Id });
        }),
        new(Measures.Descriptor, "DisputeMeasure", Who.Members(Tellers), async scene =>
        {
            var (partners, measure) = await scene.BreachAsync();
            return (partners.Delegate, Disputing(partners, measure));
        }),
        new(Measures.Descriptor, "ResolveMeasure", Who.BothSides(Role.DelegationManager), async scene =>
        {
            var (partners, measure) = await scene.BreachAsync();
            var disputed = await scene.Measures(partners.Delegate).DisputeMeasureAsync(Disputing(partners, measure), deadline: PreparingCommitments.Deadline);
            return (partners.Insurer, new ResolveMeasureRequest { DelegationId = partners.DelegationId, MeasureId = measure.Id, ValueHundredths = 95_00, Etag = disputed.Etag });
        }),
        new(OperationMarks.Descriptor, "TellOperationMarks", Who.MembersOf(Side.Delegate, Role.Reporting, Role.Operations), async scene =>
        {
            var partners = await scene.PartnersAsync();
            return (partners.Delegate, new TellOperationMarksRequest
            {
                DelegationId = partners.DelegationId,
                Marks = { new OperationMark { Reference = "Q1", Pause = PauseCause.AwaitingInsured, Time = Timestamp.FromDateTime(new DateTime(2026, 4, 8, 8, 0, 0, DateTimeKind.Utc)) } },
            });
        }),
        new(OperationMarks.Descriptor, "ListOperationMarks", Who.AnyMember(), async scene =>
        {
            var partners = await scene.PartnersAsync();
            return (partners.Insurer, new ListOperationMarksRequest { DelegationId = partners.DelegationId, Reference = "Q1" });
        }),
        new(OperationalReports.Descriptor, "GetOperationalReport", Who.AnyMember(), async scene =>
        {
            var (partners, _) = await scene.BreachAsync();
            return (partners.Insurer, new GetOperationalReportRequest { DelegationId = partners.DelegationId, PeriodStartDay = "2026-04-01", PeriodEndDay = "2026-04-30" });
        }),
    ];

    private static DisputeMeasureRequest Disputing(Partners partners, V1.CommitmentMeasure measure) => new()
    {
        DelegationId = partners.DelegationId,
        MeasureId = measure.Id,
        ValueHundredths = 95_00,
        Reason = "Q19 attendait l'assuré.",
        Etag = measure.Etag,
    };
}
