using State = Delegation.Delivery.V1.Action.Types.State;

namespace Delegation.ProjectDelivery.Launch;

/// <summary>The codes under which the database keeps states of actions.</summary>
internal static class ActionCodes
{
    private static readonly (State State, string Code)[] States = [(State.Open, "open"), (State.Done, "done"), (State.Dropped, "dropped")];

    /// <summary>The code of a state; null for a number that stands for none.</summary>
    public static string? Code(this State state) => States.FirstOrDefault(entry => entry.State == state).Code;

    public static State StateOf(string code) => States.First(entry => entry.Code == code).State;
}
