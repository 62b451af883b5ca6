using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.Persistence.Access;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.Persistence.Work;
using Delegation.ServiceDefaults.Errors;
using State = Delegation.Delivery.V1.Anomaly.Types.State;

namespace Delegation.ProjectDelivery.Acceptance;

/// <summary>Whom an anomaly waits for, and what the journal says of it.</summary>
internal static class AnomalyWork
{
    /// <summary>Its fix waits for the side that is to make it, the retest and the end for the other, and a proposal for whom did not make it.</summary>
    public static IReadOnlyList<OpenWork> Waiting(AnomalyRow? anomaly)
    {
        if (anomaly is null)
            return [];

        var other = Other(anomaly.Fixer);
        var waiting = new List<OpenWork>();
        if (anomaly.In is State.Open)
            waiting.Add(Work(anomaly, anomaly.Fixer, "anomaly.fix", new($"Fix the anomaly: {anomaly.Title}", $"Corriger l'anomalie : {anomaly.Title}")) with { DueDay = anomaly.DueDay });
        if (anomaly.In is State.Fixed)
            waiting.Add(Work(anomaly, other, "anomaly.retest", new($"Run the case of the anomaly again: {anomaly.Title}", $"Repasser le cas de l'anomalie : {anomaly.Title}")));
        if (anomaly.In is State.Retested)
            waiting.Add(Work(anomaly, other, "anomaly.close", new($"Close the anomaly: {anomaly.Title}", $"Clore l'anomalie : {anomaly.Title}")));
        if (anomaly.ProposedBy is { } proposer)
            waiting.Add(Work(anomaly, Other(RoleCodes.SideOf(proposer)), "anomaly.settle", new(
                $"Agree on what becomes of the anomaly, or not: {anomaly.Title}", $"Se prononcer sur la proposition faite pour l'anomalie : {anomaly.Title}")));
        return waiting;
    }

    /// <summary>After an anomaly was opened, or became another one.</summary>
    public static async Task TellAsync(this TenantSession session, AnomalyRow? before, AnomalyRow after, TimeProvider clock, CancellationToken cancellationToken)
    {
        var told = new AnomalyChanged { Anomaly = after.ToMessage() };
        await session.AppendAsync(after.Parties.Entry(AnomalyRow.ObjectType, after.Id, after.Revision, told), clock, cancellationToken);
        await session.KeepWorkAsync(Waiting(before), Waiting(after), clock, cancellationToken);
    }

    private static OpenWork Work(AnomalyRow anomaly, Side side, string kind, LocalizedText title) => new(
        new WorkItemKey(kind, AnomalyRow.ObjectType, anomaly.Id, side), anomaly.OwnerId, anomaly.DelegationId, anomaly.DelegateId, title)
    {
        Roles = kind == "anomaly.settle" ? [Role.DelegationManager, Role.ProjectLead] : CampaignProgress.Testers,
    };

    private static Side Other(Side side) => side == Side.Insurer ? Side.Delegate : Side.Insurer;
}
