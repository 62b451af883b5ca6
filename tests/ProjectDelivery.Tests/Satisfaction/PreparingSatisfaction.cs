using System.Globalization;
using Dapper;
using Delegation.Access.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Google.Api;
using Google.Protobuf;
using Npgsql;
using static Delegation.ProjectDelivery.Tests.Preparing;

namespace Delegation.ProjectDelivery.Tests.Satisfaction;

/// <summary>Prepares satisfaction.</summary>
internal static class PreparingSatisfaction
{
    /// <summary>The month before this one: over, and within what may be given.</summary>
    public static string LastMonth => DateTime.UtcNow.AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>A year that is not over.</summary>
    public static string ThisYear => DateTime.UtcNow.AddHours(-2).ToString("yyyy", CultureInfo.InvariantCulture);

    public static Task<TwoParties> ManagersAsync(this Scene scene) => scene.DelegationAsync(Role.DelegationManager);

    /// <summary>What the insurer gave for this year, and the delegate does not read yet: the platform has looked whether to share it.</summary>
    public static async Task<(TwoParties Two, SideSatisfaction Given)> GivenAsync(this Scene scene)
    {
        var two = await scene.ManagersAsync();
        var given = await SatisfactionsAs(scene, two.Insurer).GiveSatisfactionAsync(Giving(two, ThisYear, 4), deadline: Deadline);
        await Eventually.Async(async () =>
        {
            await using var connection = new NpgsqlConnection(scene.Database.AdminConnectionString);
            return await connection.ExecuteScalarAsync<DateTime>(
                "SELECT due_time FROM due WHERE kind = 'satisfaction.share' AND object_id = @id", new { id = Guid.Parse(given.Id) }) > DateTime.UtcNow;
        });
        return (two, given);
    }

    public static Satisfactions.SatisfactionsClient SatisfactionsAs(Scene scene, Actor actor) => new(scene.As(actor));

    public static GiveSatisfactionRequest Giving(TwoParties two, string period, int score, string comment = "") => new()
    {
        DelegationId = two.DelegationId,
        Period = period,
        Scores =
        {
            new SatisfactionScore { Theme = SatisfactionTheme.Overall, Score = score, Comment = comment },
            new SatisfactionScore { Theme = SatisfactionTheme.Deadlines, Score = 5 },
        },
    };

    public static string Survey(string period) =>
        $"""
        periode;theme;question;reponses;moyenne;nps
        {period};globale;Recommanderiez-vous votre mutuelle ?;1 240;7,8;31
        {period};délais;;310;6.5;
        """;

    public static ImportSurveyRequest Importing(TwoParties two, string text) => new()
    {
        DelegationId = two.DelegationId,
        FileName = "enquête 2026.csv",
        File = new HttpBody { ContentType = "text/csv", Data = ByteString.CopyFromUtf8(text) },
    };

    public static RecordRetentionRequest Recording(TwoParties two, string period, long start = 1000, long lost = 37, long won = 52) => new()
    {
        DelegationId = two.DelegationId, Period = period, Unit = Retention.Types.Unit.Members, CustomersAtStart = start, Lost = lost, Won = won,
    };
}
