using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.ProjectDelivery.Tests.Satisfaction;
using Delegation.TestKit.Access;

namespace Delegation.ProjectDelivery.Tests.Access.RecordedCalls;

internal sealed class OfSatisfaction : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(Satisfactions.Descriptor, "GiveSatisfaction", Who.Members(Role.DelegationManager, Role.ProjectLead, Role.Operations), async scene =>
        {
            var two = await scene.ManagersAsync();
            return (two.Delegate, PreparingSatisfaction.Giving(two, PreparingSatisfaction.ThisYear, 3, "Bons échanges."));
        }),
        new(Satisfactions.Descriptor, "GetSatisfaction", Who.AnyMember(), async scene =>
        {
            var (two, given) = await scene.GivenAsync();
            return (two.Delegate, new GetSatisfactionRequest { DelegationId = two.DelegationId, Period = given.Period });
        }),
        new(Satisfactions.Descriptor, "GetSatisfactionTrend", Who.AnyMember(), async scene =>
        {
            var (two, given) = await scene.GivenAsync();
            return (two.Delegate, new GetSatisfactionTrendRequest { DelegationId = two.DelegationId, FirstPeriod = given.Period, LastPeriod = given.Period });
        }),
        new(Satisfactions.Descriptor, "ImportSurvey", Who.Members(Role.DelegationManager, Role.Operations, Role.Reporting), async scene =>
        {
            var two = await scene.ManagersAsync();
            return (two.Delegate, PreparingSatisfaction.Importing(two, PreparingSatisfaction.Survey(PreparingSatisfaction.LastMonth)));
        }),
        new(Satisfactions.Descriptor, "ListSurveys", Who.AnyMember(), async scene =>
        {
            var (two, _) = await scene.GivenAsync();
            return (two.Delegate, new ListSurveysRequest { DelegationId = two.DelegationId });
        }),
        new(Satisfactions.Descriptor, "RecordRetention", Who.Members(Role.DelegationManager, Role.Reporting, Role.Actuary), async scene =>
        {
            var two = await scene.ManagersAsync();
            return (two.Delegate, PreparingSatisfaction.Recording(two, PreparingSatisfaction.LastMonth));
        }),
    ];
}
