using Dapper;
using Delegation.Contracts.V1;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Access;
using Delegation.TestKit.Errors;
using Grpc.Core;
using Npgsql;
using static Delegation.ProjectDelivery.Tests.Preparing;
using TitleKind = Delegation.Delivery.V1.TitleKind;

namespace Delegation.ProjectDelivery.Tests.Projects;

public sealed class Opening_a_project(DeliveryHost host) : IClassFixture<DeliveryHost>, IDisposable
{
    public void Dispose() => host.Logs.AssertNoErrors();

    [PostgresFact]
    public async Task It_opens_in_the_phase_of_launch_and_keeps_what_Contracts_answered()
    {
        var two = await host.Scene.DelegationAsync();
        var answer = MadeUpContracts.Letter(two.DelegationId);

        var project = await Client(two.Delegate).OpenProjectAsync(Opening(two), deadline: Deadline);

        Assert.Equal((two.DelegationId, "Reprise santé collective", ProjectPhase.Launch), (project.DelegationId, project.Name, project.Phase));
        Assert.Equal(
            new TitleEvidence
            {
                Kind = TitleKind.LetterOfEngagement,
                ObjectId = answer.Title.ObjectId,
                EffectiveDay = "2026-01-01",
                LastDay = "2026-12-31",
                TextSha256 = answer.Title.TextSha256,
                KnownTime = answer.KnownTime,
                Revision = 3,
            },
            project.Title);
        Assert.Equal(project, await Client(two.Insurer).GetProjectAsync(new GetProjectRequest { ProjectId = project.Id }, deadline: Deadline));
        Assert.Equal([("project", 1L)], await WrittenAsync(two));
    }

    [PostgresFact]
    public async Task Contracts_is_asked_about_the_opening_day_in_the_name_and_the_language_of_the_caller()
    {
        var two = await host.Scene.DelegationAsync();

        await Client(two.Insurer).OpenProjectAsync(Opening(two), new Metadata { { "accept-language", "fr" } }, Deadline);

        var (request, headers) = Assert.Single(host.Contracts.Asked, asked => asked.Request.DelegationId == two.DelegationId);
        Assert.Equal("2026-03-02", request.Day);
        Assert.Equal(two.Insurer.Organization.ToString(), headers.GetValue("organization"));
        Assert.StartsWith("Bearer ", headers.GetValue("authorization"), StringComparison.Ordinal);
        Assert.Equal("fr", headers.GetValue("accept-language"));
    }

    [PostgresFact]
    public async Task Without_a_title_it_is_refused_naming_the_breach_and_nothing_is_written()
    {
        var two = await host.Scene.DelegationAsync();
        host.Contracts.Breaches[two.DelegationId] = TitleBreach.NoTitle;

        var refusal = await Refusals.ThrownBy(Client(two.Insurer).OpenProjectAsync(Opening(two), deadline: Deadline));

        Assert.Equal((StatusCode.FailedPrecondition, "TITLE_REQUIRED"), refusal.Kind());
        var breach = Assert.Single(refusal.Conditions());
        Assert.Equal(("TITLE_BREACH_NO_TITLE", two.DelegationId), (breach.Type, breach.Subject));
        Assert.Contains("Nothing was signed by both sides.", breach.Description, StringComparison.Ordinal);
        Assert.Empty(await WrittenAsync(two));
        Assert.Empty((await Client(two.Insurer).ListProjectsAsync(new ListProjectsRequest(), deadline: Deadline)).Projects);
    }

    [PostgresFact]
    public async Task While_Contracts_is_away_nothing_is_written_and_the_same_request_succeeds_later()
    {
        var two = await host.Scene.DelegationAsync();
        var request = Opening(two);
        request.RequestId = Guid.NewGuid().ToString();

        host.Contracts.IsAway = true;
        try
        {
            var refusal = await Refusals.ThrownBy(Client(two.Insurer).OpenProjectAsync(request, deadline: Deadline));
            Assert.Equal((StatusCode.Unavailable, "SERVICE_UNAVAILABLE"), refusal.Kind());
            Assert.Empty(await WrittenAsync(two));
        }
        finally
        {
            host.Contracts.IsAway = false;
        }

        var project = await Client(two.Insurer).OpenProjectAsync(request, deadline: Deadline);
        Assert.Equal(project, await Client(two.Insurer).OpenProjectAsync(request, deadline: Deadline));
        Assert.Single(await WrittenAsync(two));
    }

    [PostgresFact]
    public async Task A_delegation_has_one_project_in_progress_also_when_ten_are_opened_at_once()
    {
        var two = await host.Scene.DelegationAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async number =>
        {
            try
            {
                await Client(number % 2 == 0 ? two.Insurer : two.Delegate).OpenProjectAsync(Opening(two), deadline: Deadline);
                return "opened";
            }
            catch (RpcException refusal)
            {
                return refusal.Reason();
            }
        }));

        Assert.Single(answers, "opened");
        Assert.Equal(9, answers.Count(answer => answer == "PROJECT_IN_PROGRESS"));
        Assert.Single(await WrittenAsync(two));
    }

    [PostgresFact]
    public async Task Nothing_opens_in_a_closed_delegation()
    {
        var two = await host.Scene.DelegationAsync();
        await using (var administrator = new NpgsqlConnection(host.Database.AdminConnectionString))
            await administrator.ExecuteAsync("UPDATE delegation SET state = 'closed' WHERE delegation_id = @DelegationId", two.Parties);

        var refusal = await Refusals.ThrownBy(Client(two.Insurer).OpenProjectAsync(Opening(two), deadline: Deadline));

        Assert.Equal((StatusCode.FailedPrecondition, "DELEGATION_NOT_OPEN"), refusal.Kind());
    }

    [PostgresFact]
    public async Task A_french_caller_reads_in_french_why_not()
    {
        var two = await host.Scene.DelegationAsync();
        host.Contracts.Breaches[two.DelegationId] = TitleBreach.NoTitle;

        var refusal = await Refusals.ThrownBy(Client(two.Insurer).OpenProjectAsync(Opening(two), new Metadata { { "accept-language", "fr" } }, Deadline));

        Assert.StartsWith("Aucun titre ne couvre le 2026-03-02", refusal.Text(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task All_mistakes_are_told_at_once()
    {
        var two = await host.Scene.DelegationAsync();

        var refusal = await Refusals.ThrownBy(Client(two.Insurer).OpenProjectAsync(
            new OpenProjectRequest { DelegationId = "x", Name = " ", OpeningDay = "2026-03-02", TargetDay = "2026-03-01" }, deadline: Deadline));

        Assert.Equal((StatusCode.InvalidArgument, "INVALID_FIELDS"), refusal.Kind());
        Assert.Equal(
            [("delegation_id", "DELEGATION_ID_MALFORMED"), ("name", "NAME_REQUIRED"), ("target_day", "TARGET_DAY_BEFORE_OPENING")], refusal.Violations());
    }

    private Delivery.V1.Projects.ProjectsClient Client(Actor actor) => new(host.Scene.As(actor));

    private async Task<IReadOnlyList<(string Type, long Revision)>> WrittenAsync(TwoParties two)
    {
        await using var administrator = new NpgsqlConnection(host.Database.AdminConnectionString);
        return [.. await administrator.QueryAsync<(string, long)>(
            "SELECT object_type, revision FROM journal WHERE owner_id = @OwnerId ORDER BY occur_time, entry_id", two.Parties)];
    }
}
