using Delegation.Delivery.V1;

namespace Delegation.ProjectDelivery.Committees;

/// <summary>Where the cadence of a committee stands.</summary>
/// <param name="Step">How far apart meetings are.</param>
/// <param name="Reason">Why.</param>
/// <param name="GoodPeriods">Good periods in a row.</param>
/// <param name="BreachesInARow">Periods in a row with a breach beyond tolerance.</param>
internal sealed record CadenceState(CadenceStep Step, CadenceReason Reason, int GoodPeriods, int BreachesInARow);
