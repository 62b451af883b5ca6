using Delegation.Delivery.V1;

namespace Delegation.ProjectDelivery.Projects;

/// <summary>The codes under which the database keeps phases and kinds of title: their names in the contract, as <c>set_up</c>.</summary>
internal static class ProjectCodes
{
    private static readonly Dictionary<ProjectPhase, string> Phases = new()
    {
        [ProjectPhase.Launch] = "launch",
        [ProjectPhase.Scoping] = "scoping",
        [ProjectPhase.SetUp] = "set_up",
        [ProjectPhase.Robustness] = "robustness",
        [ProjectPhase.Run] = "run",
        [ProjectPhase.Closed] = "closed",
    };

    private static readonly Dictionary<TitleKind, string> Titles = new()
    {
        [TitleKind.LetterOfEngagement] = "letter_of_engagement",
        [TitleKind.Contract] = "contract",
        [TitleKind.SurvivalClause] = "survival_clause",
    };

    /// <summary>False for a number that stands for no phase: enums of proto3 are open.</summary>
    public static bool IsKnown(this ProjectPhase phase) => Phases.ContainsKey(phase);

    public static string Code(this ProjectPhase phase) => Phases[phase];

    public static string Code(this TitleKind kind) => Titles[kind];

    public static ProjectPhase PhaseOf(string code) => Phases.First(phase => phase.Value == code).Key;

    public static TitleKind TitleOf(string code) => Titles.First(title => title.Value == code).Key;
}
