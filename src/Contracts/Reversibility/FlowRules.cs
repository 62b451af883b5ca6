using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Fields;

namespace Delegation.Contracts.Reversibility;

/// <summary>Who owns a flow of requests for reimbursement on a day. It changes hands once, so that no day is without an owner or has two.</summary>
internal static class FlowRules
{
    public static readonly IReadOnlyList<ExitFlowKind> Kinds = [.. Enum.GetValues<ExitFlowKind>().Where(kind => kind != ExitFlowKind.Unspecified)];

    /// <param name="flow">As it is settled; without a redirection day it changes hands with the cutover.</param>
    /// <param name="cutover">The first day on which the incoming manager takes claims.</param>
    /// <param name="day">The day that is asked about.</param>
    public static FlowOwner On(ExitFlow flow, DateOnly cutover, DateOnly day)
    {
        var redirection = DayField.ReadOptional("redirection_day", flow.RedirectionDay, []) ?? cutover;
        return new FlowOwner
        {
            Kind = flow.Kind,
            Owner = day < redirection ? ClaimManager.Outgoing : ClaimManager.Incoming,
            DoubleRun = day >= redirection && day.DayNumber - redirection.DayNumber < flow.DoubleRunDays,
            Misdirected = flow.Misdirected,
            ActByDay = flow.MisdirectedDays == 0 ? "" : DayField.Write(day.AddDays(flow.MisdirectedDays)),
        };
    }
}
