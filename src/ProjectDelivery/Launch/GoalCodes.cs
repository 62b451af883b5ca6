using Delegation.Delivery.V1;

namespace Delegation.ProjectDelivery.Launch;

/// <summary>The codes under which the database keeps kinds and states of goals.</summary>
internal static class GoalCodes
{
    private static readonly (Goal.Types.Kind Kind, string Code)[] Kinds = [(Goal.Types.Kind.Objective, "objective"), (Goal.Types.Kind.Milestone, "milestone")];

    private static readonly (Goal.Types.State State, string Code)[] States =
        [(Goal.Types.State.Open, "open"), (Goal.Types.State.Reached, "reached"), (Goal.Types.State.Dropped, "dropped")];

    /// <summary>The code of a kind; null for a number that stands for none.</summary>
    public static string? Code(this Goal.Types.Kind kind) => Kinds.FirstOrDefault(entry => entry.Kind == kind).Code;

    /// <summary>The code of a state; null for a number that stands for none.</summary>
    public static string? Code(this Goal.Types.State state) => States.FirstOrDefault(entry => entry.State == state).Code;

    public static Goal.Types.Kind KindOf(string code) => Kinds.First(entry => entry.Code == code).Kind;

    public static Goal.Types.State StateOf(string code) => States.First(entry => entry.Code == code).State;
}
