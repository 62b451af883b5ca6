using System.Text.Json.Nodes;

namespace Delegation.Platform.Tests.Stories;

/// <summary>What both sides do to bring the end of a delegation from one phase to the next.</summary>
internal static class ExitSteps
{
    /// <summary>The lots of the story's plan, with what the delegate holds of each.</summary>
    public static readonly (string Kind, long Count, long Cents)[] Lots =
        [("EXIT_DATA_KIND_MEMBERS_AND_RIGHTS", 12_000, 0), ("EXIT_DATA_KIND_BENEFIT_HISTORY", 348_211, 1_912_345_67)];

    /// <summary>What a side counted of a lot, over the bytes that went from one to the other.</summary>
    public static object Totals(long count, long cents) => new { count, amountCents = cents, sha256 = new string('a', 64) };

    /// <summary>Each side does what is its own in the phase.</summary>
    public static async Task CompleteTasksAsync(this TwoParties parties, string exit)
    {
        var read = (await parties.Insurer.GetAsync(exit)).Ok();
        foreach (var task in read.List("tasks").Where(task => (string)task["phase"]! == read.Text("phase") && task["doneTime"] is null))
        {
            var doer = (string)task["side"]! == "SIDE_INSURER" ? parties.Insurer : parties.Delegate;
            (await doer.ActAsync(exit, "completeTask", new { taskCode = (string)task["code"]! })).Ok();
        }
    }

    /// <summary>Both leave the phase; nothing has happened until the second does.</summary>
    public static async Task PassPhaseAsync(this TwoParties parties, string exit, string next)
    {
        var first = (await parties.Delegate.ActAsync(exit, "passPhase")).Ok();
        Assert.NotEqual(next, first.Text("phase"));
        await parties.Insurer.FindsWorkAsync("exit.pass", parties.Insurer.In("Agree to leave the phase", "Valider le passage à la phase suivante"));
        Assert.Equal(next, (await parties.Insurer.ActAsync(exit, "passPhase")).Ok().Text("phase"));
    }

    /// <summary>A lot goes from the delegate to the insurer, who counts the same.</summary>
    public static async Task<JsonNode> HandOverAsync(this TwoParties parties, string exit, string kind, long count, long cents)
    {
        (await parties.Delegate.ActAsync(exit, "handOverLot", new { kind, totals = Totals(count, cents) })).Ok();
        return await parties.CountAsync(exit, kind, count, cents);
    }

    /// <summary>The insurer counts what was handed over; how that compares.</summary>
    public static async Task<JsonNode> CountAsync(this TwoParties parties, string exit, string kind, long count, long cents) =>
        (await parties.Insurer.ActAsync(exit, "receiveLot", new { kind, totals = Totals(count, cents) })).Ok()
            .List("lots").Single(lot => (string)lot["kind"]! == kind)["runs"]!.AsArray()[^1]!;

    /// <summary>The conditions of the phase that do not hold.</summary>
    public static async Task<IReadOnlyList<string>> UnmetAsync(this Party party, string exit) =>
        [.. (await party.GetAsync(exit)).Ok().List("criteria").Where(criterion => !(bool)criterion["met"]!).Select(criterion => (string)criterion["code"]!)];
}
