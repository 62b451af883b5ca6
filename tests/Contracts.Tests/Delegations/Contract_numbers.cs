using Delegation.Contracts.V1;
using Delegation.TestKit;
using FsCheck;
using FsCheck.Fluent;
using Grpc.Core;
using State = Delegation.Contracts.V1.Delegation.Types.State;

namespace Delegation.Contracts.Tests.Delegations;

/// <summary>An insurer's contract number belongs to one of its delegations on any day, whatever happens in whatever order.</summary>
public sealed class Contract_numbers(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    /// <summary>What somebody does: to the delegation of that place, with a number on the days of some months.</summary>
    private sealed record Act(int What, int Which, int Number, int FirstMonth, int Months)
    {
        public ReferenceData Data => TwoParties.Contracts(($"G-{Number}", $"2027-{FirstMonth:00}-01", Months == 0 ? "" : $"2027-{Math.Min(12, FirstMonth + Months - 1):00}-28"));
    }

    private static readonly Arbitrary<Act[]> Acts = (
        from what in Gen.Choose(0, 4)
        from which in Gen.Choose(0, 9)
        from number in Gen.Choose(1, 2)
        from first in Gen.Choose(1, 12)
        from months in Gen.Choose(0, 4)
        select new Act(what, which, number, first, months)).ArrayOf(12).ToArbitrary();

    [PostgresFact]
    public void One_after_the_other_each_act_is_accepted_exactly_when_the_number_is_free() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll(Acts, acts => OneAfterTheOtherAsync(acts).GetAwaiter().GetResult()));

    [PostgresFact]
    public void All_at_once_no_number_is_in_two_delegations() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(20), Prop.ForAll(Acts, acts => AllAtOnceAsync(acts).GetAwaiter().GetResult()));

    [PostgresFact]
    public async Task Of_several_who_want_a_number_at_once_one_gets_it_and_the_others_are_told_who_has_it()
    {
        var parties = await TwoParties.RegisterAsync(host);
        var data = TwoParties.Contracts(("G-0", "2027-01-01", ""), ("G-1", "2027-01-01", ""));
        await parties.CreateAsync(data: TwoParties.Contracts(("G-2", "2027-01-01", "")));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            try
            {
                return (Delegation: await parties.CreateAsync(data: data), Refusal: null);
            }
            catch (RpcException refusal)
            {
                return (Delegation: (V1.Delegation?)null, Refusal: (RpcException?)refusal);
            }
        }));

        var winner = Assert.Single(answers, answer => answer.Delegation is not null).Delegation!;
        Assert.All(answers.Where(answer => answer.Refusal is not null), answer =>
        {
            Assert.Equal(
                [("reference_data.insurer_contracts[0].number", "CONTRACT_NUMBER_HELD"), ("reference_data.insurer_contracts[1].number", "CONTRACT_NUMBER_HELD")],
                answer.Refusal!.Violations().Select(violation => (violation.Field, violation.Reason)));
            Assert.Contains(winner.Id, answer.Refusal!.FieldViolations()[0].Description, StringComparison.Ordinal);
        });
    }

    [PostgresFact]
    public async Task Another_insurer_may_have_the_same_number_and_a_delegate_is_not_told_who_has_it()
    {
        var (parties, others) = (await TwoParties.RegisterAsync(host), await TwoParties.RegisterAsync(host));
        var data = TwoParties.Contracts(("G-1", "2027-01-01", ""));
        await parties.OpenAsync(data);

        await others.OpenAsync(data);
        await parties.CreateAsync(byInsurer: false, data);
    }

    private async Task<bool> OneAfterTheOtherAsync(Act[] acts)
    {
        var parties = await TwoParties.RegisterAsync(host);
        var all = new List<V1.Delegation>();
        foreach (var act in acts)
        {
            var target = all.Count == 0 ? null : all[act.Which % all.Count];
            var data = act.What == 3 ? target?.ReferenceData : act.Data;
            var numbersCount = act.What == 0 || (act.What is 2 or 3 && target is { Insurer.OrganizationId.Length: > 0 }) || (act.What == 3 && target is not null);
            var free = data is null || !numbersCount
                || !all.Any(other => (act.What == 0 || other.Id != target!.Id) && other.Insurer.OrganizationId.Length > 0 && SharesADay(other.ReferenceData, data));
            if (await DoAsync(parties, act, target, all) != free)
                return false;
        }

        return await NoneIsInTwoAsync(parties);
    }

    private async Task<bool> AllAtOnceAsync(Act[] acts)
    {
        var parties = await TwoParties.RegisterAsync(host);
        var all = new List<V1.Delegation> { await parties.CreateAsync(), await parties.CreateAsync(byInsurer: false), await parties.OpenAsync() };
        await Task.WhenAll(acts.Select(act => DoAsync(parties, act, all[act.Which % all.Count], [])));

        return await NoneIsInTwoAsync(parties);
    }

    /// <summary>Does it, keeps the delegations as they are since, and says whether it was accepted.</summary>
    private static async Task<bool> DoAsync(TwoParties parties, Act act, V1.Delegation? target, List<V1.Delegation> all)
    {
        try
        {
            switch (act.What)
            {
                case 0 or 1:
                    all.Add(await parties.CreateAsync(byInsurer: act.What == 0, act.Data));
                    break;
                case 2 when target is not null:
                    var change = TwoParties.Whole(target);
                    change.ReferenceData = act.Data;
                    Replace(all, target, await parties.Of(target.Insurer.OrganizationId.Length > 0).UpdateDelegationAsync(change, deadline: TwoParties.Deadline));
                    break;
                case 3 when target is { State: State.Draft }:
                    Replace(all, target, await parties.OpenAsync(target));
                    break;
                case 4 when target is { State: State.Draft }:
                    await parties.Of(target.Insurer.OrganizationId.Length > 0).WithdrawDelegationAsync(
                        new WithdrawDelegationRequest { DelegationId = target.Id, Etag = target.Etag }, deadline: TwoParties.Deadline);
                    all.Remove(target);
                    break;
            }

            return true;
        }
        catch (RpcException refusal) when (refusal.StatusCode is StatusCode.InvalidArgument or StatusCode.Aborted or StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            return false;
        }
        catch (Npgsql.PostgresException refusal) when (refusal.ConstraintName == "one_delegation_a_day")
        {
            return false;
        }
    }

    private static void Replace(List<V1.Delegation> all, V1.Delegation old, V1.Delegation now)
    {
        if (all.Remove(old))
            all.Add(now);
    }

    private static bool SharesADay(ReferenceData one, ReferenceData other) => one.InsurerContracts.Any(contract => other.InsurerContracts.Any(rival =>
        contract.Number == rival.Number && StartsBeforeTheEndOf(contract, rival) && StartsBeforeTheEndOf(rival, contract)));

    // ISO days sort like their text.
    private static bool StartsBeforeTheEndOf(InsurerContract one, InsurerContract other) =>
        other.EndDay.Length == 0 || string.CompareOrdinal(one.StartDay, other.EndDay) <= 0;

    private static async Task<bool> NoneIsInTwoAsync(TwoParties parties)
    {
        var listed = (await parties.OfInsurer.ListDelegationsAsync(new ListDelegationsRequest { PageSize = 200 }, deadline: TwoParties.Deadline)).Delegations;
        return !listed.Any(one => listed.Any(other => one.Id != other.Id && SharesADay(one.ReferenceData, other.ReferenceData)));
    }
}
