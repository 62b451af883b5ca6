extern alias contracts;
extern alias delivery;

using Dapper;
using Delegation.Delivery.V1;
using Delegation.TestKit;
using Delegation.TestKit.Errors;
using Delegation.TestKit.Hosting;
using Delegation.TestKit.Tokens;
using Grpc.Core;
using Npgsql;
using TitleKind = Delegation.Delivery.V1.TitleKind;

namespace Delegation.Services.Tests.Projects;

/// <summary>ProjectDelivery asks Contracts for the title under which a project opens: both as they run, from registration to the project.</summary>
public sealed class Opening_under_a_title : IAsyncLifetime
{
    private TestIssuer _issuer = null!;
    private Running<contracts::Program> _contracts = null!;
    private Running<delivery::Program> _delivery = null!;

    private static DateTime Deadline => DateTime.UtcNow.AddSeconds(20);

    public async Task InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _contracts = await Running.StartAsync(Hosts.Contracts(_issuer));
        _delivery = await Running.StartAsync(Hosts.Delivery(_issuer, _contracts.Host.Address));
    }

    public async Task DisposeAsync()
    {
        await _delivery.DisposeAsync();
        await _contracts.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [PostgresFact]
    public async Task A_project_opens_once_both_sides_have_signed_a_letter_and_keeps_it_as_evidence()
    {
        var delegation = await OpenDelegationAsync();

        var refusal = await Refusals.ThrownBy(OpenAsync(delegation));
        Assert.Equal((StatusCode.FailedPrecondition, "TITLE_REQUIRED"), refusal.Kind());
        Assert.Equal("TITLE_BREACH_NO_TITLE", Assert.Single(refusal.Conditions()).Type);
        Assert.Equal(0, await WrittenAsync());

        var letter = await _contracts.Host.SignLetterAsync(delegation);
        var project = await OpenAsync(delegation);

        Assert.Equal(
            (TitleKind.LetterOfEngagement, letter.Id, letter.EffectiveDay, letter.EndDay, letter.TextSha256),
            (project.Title.Kind, project.Title.ObjectId, project.Title.EffectiveDay, project.Title.LastDay, project.Title.TextSha256));

        var portfolio = new Portfolio.PortfolioClient(_delivery.Host.As(Beginnings.Delegate));
        await Eventually.Async(async () => (await portfolio.ListPortfolioAsync(new ListPortfolioRequest(), deadline: Deadline)).Entries
            is [{ TitleKind: TitleKind.LetterOfEngagement, TitleEndDay.Length: > 0 }]);
        _contracts.Host.Logs.AssertNoErrors();
        _delivery.Host.Logs.AssertNoErrors();
    }

    [PostgresFact]
    public async Task While_Contracts_is_away_nothing_is_written()
    {
        var delegation = await OpenDelegationAsync();
        await _contracts.Host.StopAsync();

        var refusal = await Refusals.ThrownBy(OpenAsync(delegation));

        Assert.Equal((StatusCode.Unavailable, "SERVICE_UNAVAILABLE"), refusal.Kind());
        Assert.Equal(0, await WrittenAsync());
        _delivery.Host.Logs.AssertNoErrors();
    }

    [PostgresFact]
    public async Task What_Contracts_knows_first_about_members_and_delegations_is_what_the_caller_is_told()
    {
        var delegation = await OpenDelegationAsync();

        var unknown = Guid.CreateVersion7();
        await ExecuteAsync(_delivery.Host.Database, "INSERT INTO delegation SELECT owner_id, @unknown, delegate_id, 'open', 1 FROM delegation", new { unknown });
        var notFound = await Refusals.ThrownBy(OpenAsync(unknown.ToString()));

        // As a removal that this service has not heard of yet.
        await ExecuteAsync(_contracts.Host.Database, "DELETE FROM member WHERE subject = @Insurer", new { Beginnings.Insurer });
        var denied = await Refusals.ThrownBy(OpenAsync(delegation, "fr"));

        Assert.Equal([(StatusCode.NotFound, "DELEGATION_NOT_FOUND"), (StatusCode.PermissionDenied, "MEMBERSHIP_REQUIRED")], [notFound.Kind(), denied.Kind()]);
        Assert.StartsWith("Vous n'appartenez à aucun organisme", denied.Text(), StringComparison.Ordinal);
        Assert.Equal(0, await WrittenAsync());
        _delivery.Host.Logs.AssertNoErrors();
    }

    private AsyncUnaryCall<Project> OpenAsync(string delegationId, string language = "en") => new Delivery.V1.Projects.ProjectsClient(_delivery.Host.As(Beginnings.Insurer)).OpenProjectAsync(
        new OpenProjectRequest { DelegationId = delegationId, Name = "Reprise santé collective" }, new Metadata { { "accept-language", language } }, Deadline);

    private Task<string> OpenDelegationAsync() => _contracts.Host.OpenDelegationAsync(_delivery.Host.Database);

    // Projects, and what the journal says of them.
    private async Task<long> WrittenAsync()
    {
        await using var connection = new NpgsqlConnection(_delivery.Host.Database.AdminConnectionString);
        return await connection.ExecuteScalarAsync<long>("SELECT (SELECT count(*) FROM project) + (SELECT count(*) FROM journal WHERE object_type = 'project')");
    }

    private static async Task ExecuteAsync(TestDatabase database, string sql, object parameters)
    {
        await using var connection = new NpgsqlConnection(database.AdminConnectionString);
        await connection.ExecuteAsync(sql, parameters);
    }
}
