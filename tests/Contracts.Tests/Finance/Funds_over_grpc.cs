using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Grpc.Core;
using Kind = Delegation.Contracts.V1.FundMovement.Types.Kind;
using State = Delegation.Contracts.V1.FundMovement.Types.State;

namespace Delegation.Contracts.Tests.Finance;

/// <summary>The advance of funds: called, paid, used, and estimated again.</summary>
public sealed class Funds_over_grpc(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Funds_that_are_called_count_once_the_insurer_says_that_they_moved()
    {
        var purse = await Purse.OpenAsync(host);
        await purse.AgreeOnAdvanceAsync();
        var called = await purse.Funds(insurer: false).CallFundsAsync(purse.Call(100_000_00), deadline: Purse.Deadline);

        Assert.Equal((Kind.Call, State.Requested, 0L), (called.Kind, called.State, (await PositionAsync(purse)).Advance.MinorUnits));
        Assert.Equal([("funds.answer", Side.Insurer)], await WaitingAsync(purse));
        Assert.Equal("FUNDS_CALL_OPEN", (await Refusals.ThrownBy(purse.Funds(insurer: false).CallFundsAsync(purse.Call(1), deadline: Purse.Deadline))).Reason());

        var settled = await purse.Funds(insurer: true).AnswerFundsCallAsync(Purse.Settlement(called), deadline: Purse.Deadline);
        Assert.Equal((State.Settled, "2025-01-10", 100_000_00L), (settled.State, settled.ValueDay, (await PositionAsync(purse)).Advance.MinorUnits));
        Assert.Equal(0, (await PositionAsync(purse, "2025-01-09")).Advance.MinorUnits);
        Assert.Empty(await WaitingAsync(purse));
        Assert.Equal("FUND_MOVEMENT_ANSWERED", (await Refusals.ThrownBy(purse.Funds(insurer: true).AnswerFundsCallAsync(Purse.Settlement(settled), deadline: Purse.Deadline))).Reason());
        Assert.Equal(
            ["FundsCalled", "FundsSettled"], (await host.EntriesOfAsync(purse.Promise.InsurerId)).Where(entry => entry.ObjectType == "fund_movement").Select(entry => entry.Event.Descriptor.Name));
    }

    [PostgresFact]
    public async Task A_call_that_is_declined_moves_nothing_and_another_may_follow()
    {
        var purse = await Purse.OpenAsync(host);
        await purse.AgreeOnAdvanceAsync();
        var called = await purse.Funds(insurer: false).CallFundsAsync(purse.Call(100_000_00), deadline: Purse.Deadline);
        var silent = new AnswerFundsCallRequest { DelegationId = purse.DelegationId, FundMovementId = called.Id, Etag = called.Etag };

        Assert.Equal([("answer", "ANSWER_REQUIRED")], (await Refusals.ThrownBy(purse.Funds(insurer: true).AnswerFundsCallAsync(silent, deadline: Purse.Deadline))).Violations());
        var declined = await purse.Funds(insurer: true).AnswerFundsCallAsync(new(silent) { Answer = "Montant non justifié" }, deadline: Purse.Deadline);

        Assert.Equal((State.Declined, "Montant non justifié", 0L), (declined.State, declined.Answer, (await PositionAsync(purse)).Advance.MinorUnits));
        await purse.Funds(insurer: false).CallFundsAsync(purse.Call(90_000_00), deadline: Purse.Deadline);
    }

    /// <summary>Three months of 270 000 €, 300 000 € and 330 000 €, of which 850 000 € were reimbursed: 10 000 € a day, so 165 000 € by the formula.</summary>
    [PostgresFact]
    public async Task What_months_came_to_leaves_a_balance_and_estimates_the_advance_again()
    {
        var purse = await Purse.OpenAsync(host);
        await purse.AgreeOnAdvanceAsync();
        var called = await purse.Funds(insurer: false).CallFundsAsync(purse.Call(100_000_00), deadline: Purse.Deadline);
        await purse.Funds(insurer: true).AnswerFundsCallAsync(Purse.Settlement(called), deadline: Purse.Deadline);
        foreach (var (endDay, paid, reimbursed) in new[] { ("2025-01-31", 270_000_00, 250_000_00), ("2025-02-28", 300_000_00, 290_000_00) })
            await purse.Funds(insurer: false).ReportFundUseAsync(purse.Month(endDay, paid, reimbursed), deadline: Purse.Deadline);

        var before = await PositionAsync(purse, "2025-03-31");
        Assert.Equal((2, false, 100_000_00L, 0L), (before.ReportedMonths, before.Estimated, before.Estimate.MinorUnits, before.Adjustment.MinorUnits));

        await purse.Funds(insurer: false).ReportFundUseAsync(purse.Month("2025-03-31", 330_000_00, 310_000_00), deadline: Purse.Deadline);
        var after = await PositionAsync(purse, "2025-03-31");
        Assert.Equal((3, true, 165_000_00L, 65_000_00L), (after.ReportedMonths, after.Estimated, after.Estimate.MinorUnits, after.Adjustment.MinorUnits));
        Assert.Equal((100_000_00, 50_000_00, 50_000_00), (after.Advance.MinorUnits, after.Unreimbursed.MinorUnits, after.Balance.MinorUnits));

        var back = await purse.Funds(insurer: false).CallFundsAsync(purse.Call(20_000_00, Kind.Return), deadline: Purse.Deadline);
        await purse.Funds(insurer: true).AnswerFundsCallAsync(Purse.Settlement(back, "2025-03-15"), deadline: Purse.Deadline);
        Assert.Equal((80_000_00, 85_000_00), ((await PositionAsync(purse, "2025-03-31")).Advance.MinorUnits, (await PositionAsync(purse, "2025-03-31")).Adjustment.MinorUnits));
        Assert.Equal("FUND_USE_REPORTED", (await Refusals.ThrownBy(purse.Funds(insurer: false).ReportFundUseAsync(purse.Month("2025-03-31", 1, 1), deadline: Purse.Deadline))).Reason());
        Assert.Equal(5, (await purse.Funds(insurer: true).ListFundMovementsAsync(new ListFundMovementsRequest { DelegationId = purse.DelegationId }, deadline: Purse.Deadline)).FundMovements.Count);
    }

    [PostgresFact]
    public async Task Without_an_agreed_advance_nothing_is_called_and_bad_months_are_told_in_french()
    {
        var purse = await Purse.OpenAsync(host);
        Assert.Equal("NO_ADVANCE_AGREED", (await Refusals.ThrownBy(purse.Funds(insurer: false).CallFundsAsync(purse.Call(1), deadline: Purse.Deadline))).Reason());
        Assert.Equal("NO_ADVANCE_AGREED", (await Refusals.ThrownBy(purse.Funds(insurer: true).GetFundPositionAsync(
            new GetFundPositionRequest { DelegationId = purse.DelegationId }, deadline: Purse.Deadline))).Reason());

        var before = await purse.Promise.Agreement.CountAsync("journal");
        var refusal = await Refusals.ThrownBy(purse.Funds(insurer: false).ReportFundUseAsync(purse.Month("2025-03-30", -1, 0), new Metadata { { "accept-language", "fr" } }, Purse.Deadline));
        Assert.Equal([("end_day", "END_DAY_NOT_OF_MONTH"), ("paid.minor_units", "MINOR_UNITS_NEGATIVE")], refusal.Violations());
        Assert.StartsWith("Ce n'est pas le dernier jour d'un mois.", refusal.FieldViolations()[0].LocalizedMessage.Message, StringComparison.Ordinal);
        Assert.Equal(
            [("end_day", "END_DAY_IN_THE_FUTURE")],
            (await Refusals.ThrownBy(purse.Funds(insurer: false).ReportFundUseAsync(purse.Month("2099-12-31", 1, 0), deadline: Purse.Deadline))).Violations());
        Assert.Equal(before, await purse.Promise.Agreement.CountAsync("journal"));
    }

    [PostgresFact]
    public async Task Two_calls_at_once_become_one()
    {
        var purse = await Purse.OpenAsync(host);
        await purse.AgreeOnAdvanceAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            try
            {
                return (await purse.Funds(insurer: false).CallFundsAsync(purse.Call(100_00), deadline: Purse.Deadline)).State.ToString();
            }
            catch (RpcException refusal)
            {
                return refusal.Reason();
            }
        }));

        Assert.Equal(["FUNDS_CALL_OPEN", "Requested"], answers.Order(StringComparer.Ordinal));
    }

    private async Task<IReadOnlyList<(string, Side)>> WaitingAsync(Purse purse) =>
        [.. (await host.OpenWorkAsync(purse.Promise.InsurerId)).Where(item => item.Kind.StartsWith("funds.", StringComparison.Ordinal))];

    private static async Task<FundPosition> PositionAsync(Purse purse, string day = "") => await purse.Funds(insurer: true).GetFundPositionAsync(
        new GetFundPositionRequest { DelegationId = purse.DelegationId, Day = day }, deadline: Purse.Deadline);
}
