using Dapper;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.TestKit.Errors;
using Grpc.Core;
using Npgsql;
using static Delegation.ProjectDelivery.Tests.Cutover.PreparingCutover;
using static Delegation.ProjectDelivery.Tests.Preparing;
using State = Delegation.Delivery.V1.TakeOver.Types.State;

namespace Delegation.ProjectDelivery.Tests.Cutover;

/// <summary>Both sides act on one take-over at the same moment, each on what it read.</summary>
public sealed class Accepting_a_take_over_at_once(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    private const int Rounds = 5;

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task When_both_accept_one_waits_for_the_other_and_the_lot_is_reconciled_once()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (two, takeOver) = await host.Scene.LoadedAsync();

            // Each side twice: a second click is not the consent of the other side.
            var answers = await Task.WhenAll(new[] { two.Insurer, two.Delegate, two.Insurer, two.Delegate }.Select(actor => AnswerAsync(AcceptAsync(actor, takeOver))));

            Assert.Single(answers, answer => answer == (nameof(State.Loaded), 1));
            Assert.Single(answers, answer => answer == (nameof(State.Accepted), 2));
            Assert.Equal(2, answers.Count(answer => answer.State is "ALREADY_ACCEPTED" or "TAKE_OVER_OVER" or "ETAG_STALE"));
            var kept = await ReadAsync(two.Insurer, takeOver);
            Assert.Equal((State.Accepted, 2), (kept.State, kept.Consents.Select(consent => consent.Side).Distinct().Count()));
            Assert.Equal(4, await EntriesAsync(takeOver));
        }
    }

    [PostgresFact]
    public async Task Nobody_accepts_what_was_loaded_anew_at_that_moment()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (two, takeOver) = await host.Scene.LoadedAsync();
            var loading = AnswerAsync(host.Scene.TakeOvers(two.Delegate).RecordLoadAsync(Load(takeOver, complete: true), deadline: Deadline).ResponseAsync);
            var accepting = new[] { two.Insurer, two.Delegate }.Select(actor => AnswerAsync(AcceptAsync(actor, takeOver))).ToArray();

            await Task.WhenAll([loading, .. accepting]);

            // Accepted is what both read, or nothing.
            var kept = await ReadAsync(two.Insurer, takeOver);
            Assert.Equal(kept.State == State.Accepted, kept.Differs);
            Assert.Equal(kept.Differs ? 2 : 0, kept.Consents.Count);
            Assert.Equal(kept.Differs, (await loading).State is "TAKE_OVER_OVER" or "ETAG_STALE");
        }
    }

    [PostgresFact]
    public async Task When_one_accepts_and_the_other_refuses_it_is_never_accepted()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (two, takeOver) = await host.Scene.LoadedAsync();
            var refusal = new RefuseTakeOverRequest { ProjectId = takeOver.ProjectId, TakeOverId = takeOver.Id, Reason = "Trop d'écarts.", Etag = takeOver.Etag };

            var answers = await Task.WhenAll(
                AnswerAsync(AcceptAsync(two.Insurer, takeOver)), AnswerAsync(host.Scene.TakeOvers(two.Delegate).RefuseTakeOverAsync(refusal, deadline: Deadline).ResponseAsync));

            Assert.Equal(nameof(State.Refused), answers[1].State);
            Assert.Equal(State.Refused, (await ReadAsync(two.Delegate, takeOver)).State);
        }
    }

    private Task<TakeOver> AcceptAsync(Actor actor, TakeOver takeOver) => host.Scene.TakeOvers(actor).AcceptTakeOverAsync(Agreement(takeOver), deadline: Deadline).ResponseAsync;

    private static async Task<(string State, int Consents)> AnswerAsync(Task<TakeOver> call)
    {
        try
        {
            var answer = await call;
            return (answer.State.ToString(), answer.Consents.Count);
        }
        catch (RpcException refusal)
        {
            return (refusal.Reason(), 0);
        }
    }

    private async Task<TakeOver> ReadAsync(Actor actor, TakeOver takeOver) => await host.Scene.TakeOvers(actor).GetTakeOverAsync(
        new GetTakeOverRequest { ProjectId = takeOver.ProjectId, TakeOverId = takeOver.Id }, deadline: Deadline);

    private async Task<int> EntriesAsync(TakeOver takeOver)
    {
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        return await administrator.ExecuteScalarAsync<int>(
            "SELECT count(*)::int FROM journal WHERE object_type = 'take_over' AND object_id = @id", new { id = Guid.Parse(takeOver.Id) });
    }
}
