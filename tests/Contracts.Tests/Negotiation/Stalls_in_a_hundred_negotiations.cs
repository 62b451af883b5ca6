using System.Globalization;
using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Delegation.Contracts.Tests.Negotiation;

/// <summary>
/// A hundred negotiations over two simulated weeks, in a third of which departments fall silent for longer than agreed: each silence is found
/// within a day, and nothing else is.
/// </summary>
public sealed class Stalls_in_a_hundred_negotiations(ContractsHost host) : IClassFixture<ContractsHost>, IDisposable
{
    private const int Count = 100;
    private const int Days = 14;
    private const int AgreedDays = 4;

    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 6 };

    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task Each_is_found_within_a_simulated_day_and_no_other()
    {
        var negotiations = await OpenAllAsync();

        for (var day = 1; day <= Days; day++)
        {
            MoveClock(day);
            await Parallel.ForEachAsync(negotiations, AtOnce, async (negotiation, _) => await negotiation.LiveThroughAsync(day));
            await LookedAsync(day);
        }

        var expected = negotiations.SelectMany(negotiation => negotiation.Silences).ToDictionary(silence => silence.Of, silence => silence.Begins);
        Assert.InRange(expected.Count, 30, 200);
        var found = (await host.EntriesOfAsync(negotiations[0].Two.Parties.Insurer.Id)).Where(entry => entry.Event is ReviewsStalled)
            .SelectMany(entry => ((ReviewsStalled)entry.Event).Reviews)
            .ToDictionary(review => (review.ClauseId, review.Side, review.Department, review.Since.ToDateTime()), review => review.StallTime.ToDateTime());
        Assert.Equal(expected.Keys.Order(), found.Keys.Order());
        Assert.All(expected, silence => Assert.InRange(found[silence.Key], silence.Value, silence.Value.AddDays(1)));
    }

    private async Task<IReadOnlyList<Simulated>> OpenAllAsync()
    {
        var first = await TwoSides.OpenAsync(host);
        var negotiations = new Simulated[Count];
        await Parallel.ForAsync(0, Count, AtOnce, async (index, _) =>
        {
            var two = await first.AnotherAsync();
            await two.NegotiateAsync(reviewDays: AgreedDays, "OBJ-1");
            negotiations[index] = new Simulated(two, (await two.ClausesAsync())[0], new Random(index), silent: index % 3 == 0);
        });
        return negotiations;
    }

    // Everything that is due by then was done: a row goes with the transaction that did its work.
    private async Task LookedAsync(int day)
    {
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        await Eventually.Async(async () => await connection.ExecuteScalarAsync<bool>(
            "SELECT NOT EXISTS (SELECT FROM due WHERE kind = 'contract.stall' AND due_time <= @now)", new { now = DateTime.UtcNow.AddDays(day) }));
    }

    private void MoveClock(int days)
    {
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        configuration["Clock:Offset"] = TimeSpan.FromDays(days).ToString("c", CultureInfo.InvariantCulture);
        configuration.Reload();
    }

    /// <summary>One negotiation about one clause: each review is approved at once, or after a request that the other side declines.</summary>
    private sealed class Simulated
    {
        private readonly ContractClause _clause;
        private readonly List<Review> _reviews = [];

        public Simulated(TwoSides two, ContractClause clause, Random random, bool silent)
        {
            (Two, _clause) = (two, clause);
            foreach (var side in new[] { Side.Insurer, Side.Delegate })
                foreach (var department in TwoSides.Departments)
                    _reviews.Add(new Review(side, department, [.. Moves(random)], two.Contract.OpenTime.ToDateTime()));

            // Never a pause of exactly the agreed time: whether that is a stall depends on the second.
            if (silent)
                foreach (var review in random.GetItems([.. _reviews], 2).Distinct())
                    review.Moves[random.Next(review.Moves.Length)] = AgreedDays + random.Next(1, 3);
        }

        public TwoSides Two { get; }

        /// <summary>Pauses for longer than agreed: which review since when, and from when on it is stalled.</summary>
        public List<((string ClauseId, Side Side, ReviewDepartment Department, DateTime Since) Of, DateTime Begins)> Silences { get; } = [];

        public async Task LiveThroughAsync(int day)
        {
            foreach (var review in _reviews.Where(review => review.NextDay == day))
            {
                if (review.Moves[review.Done] > AgreedDays)
                    Silences.Add(((_clause.Id, review.Side, review.Department, review.Since), review.Since.AddDays(AgreedDays)));

                review.Since = await MoveAsync(review);
                review.NextDay = ++review.Done < review.Moves.Length ? day + review.Moves[review.Done] : 0;
            }
        }

        private async Task<DateTime> MoveAsync(Review review)
        {
            var insurer = review.Side == Side.Insurer;
            switch (review.Moves.Length - review.Done)
            {
                case 3:
                    review.Asked = await Two.AskAsync(_clause, insurer, review.Department);
                    return review.Asked.CreateTime.ToDateTime();
                case 2:
                    var answer = Two.Answer(review.Asked!, accepted: false, "Clause d'usage.");
                    return (await Two.Reviews(!insurer).AnswerChangeRequestAsync(answer, deadline: TwoSides.Deadline)).EndTime.ToDateTime();
                default:
                    return (await Two.ApproveAsync(_clause, insurer, review.Department)).Since.ToDateTime();
            }
        }

        // Days from one move to the next: one move, or three.
        private static IEnumerable<int> Moves(Random random) => Enumerable.Range(0, random.Next(4) == 0 ? 3 : 1).Select(_ => random.Next(1, AgreedDays));
    }

    private sealed class Review(Side side, ReviewDepartment department, int[] moves, DateTime opened)
    {
        public Side Side => side;

        public ReviewDepartment Department => department;

        public int[] Moves => moves;

        public int Done { get; set; }

        public int NextDay
        {
            get => Done == 0 ? moves[0] : field;
            set;
        }

        public DateTime Since { get; set; } = opened;

        public ChangeRequest? Asked { get; set; }
    }
}
