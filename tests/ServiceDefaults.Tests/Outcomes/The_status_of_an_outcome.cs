using System.Reflection;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.ServiceDefaults.Tests.Outcomes;

public sealed class The_status_of_an_outcome
{
    private static readonly LocalizedText Text = new("No.", "Non.");

    private static readonly (Outcome<int> Outcome, StatusCode Status, string Reason)[] NotAccepted =
    [
        (new Outcome<int>.Invalid(new FieldViolation("siren", "SIREN_REQUIRED", Text)), StatusCode.InvalidArgument, "INVALID_FIELDS"),
        (new Outcome<int>.NotFound("NOT_THERE", Text), StatusCode.NotFound, "NOT_THERE"),
        (new Outcome<int>.Refused("NOT_NOW", Text, new UnmetCondition("LETTER_SIGNED", "letter", Text)), StatusCode.FailedPrecondition, "NOT_NOW"),
        (new Outcome<int>.Stale(), StatusCode.Aborted, "ETAG_STALE"),
        (new Outcome<int>.Conflict("THERE_ALREADY", Text), StatusCode.AlreadyExists, "THERE_ALREADY"),
    ];

    [Fact]
    public void An_accepted_outcome_gives_its_value() => Assert.Equal(7, new Outcome<int>.Accepted(7).ValueOrStatus());

    [Fact]
    public void Any_other_outcome_leaves_the_call_with_its_status_and_reason() => Assert.All(NotAccepted, row =>
    {
        var refusal = Assert.IsType<RefusedException>(Record.Exception(() => row.Outcome.ValueOrStatus())).Refusal;
        Assert.Equal((row.Status, row.Reason), (refusal.Status, refusal.Reason));
    });

    [Fact]
    public async Task Only_an_accepted_outcome_is_gone_on_with()
    {
        Assert.Equal("7", (await new Outcome<int>.Accepted(7).ThenAsync(Next)).ValueOrStatus());
        foreach (var (outcome, status, reason) in NotAccepted)
        {
            var after = await outcome.ThenAsync(Next);
            var refusal = Assert.IsType<RefusedException>(Record.Exception(() => after.ValueOrStatus())).Refusal;
            Assert.Equal((status, reason), (refusal.Status, refusal.Reason));
        }

        static Task<Outcome<string>> Next(int value) => Task.FromResult<Outcome<string>>(new Outcome<string>.Accepted($"{value}"));
    }

    [Fact]
    public void Conditions_that_are_not_met_travel_with_the_refusal() =>
        Assert.Equal(
            "LETTER_SIGNED",
            Assert.Single(Assert.IsType<RefusedException>(Record.Exception(() => NotAccepted[2].Outcome.ValueOrStatus())).Refusal.Conditions).Type);

    /// <summary>A case that is added to the set is added here, and to the one switch that the compiler does not check.</summary>
    [Fact]
    public void Every_case_is_in_the_table() =>
        Assert.Equal(
            typeof(Outcome<>).GetNestedTypes(BindingFlags.Public).Select(type => type.Name).Where(name => name != "Accepted").Order(),
            NotAccepted.Select(row => row.Outcome.GetType().Name).Order());
}
