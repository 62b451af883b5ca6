using Aspire.Hosting.Testing;
using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>A mutual and a delegate with a delegation that is open to both; each story has its own.</summary>
internal sealed class TwoParties : IDisposable
{
    private static readonly string[] Roles =
        ["ROLE_ADMINISTRATOR", "ROLE_DELEGATION_MANAGER", "ROLE_PROJECT_LEAD", "ROLE_SIGNATORY", "ROLE_LEGAL", "ROLE_COMPLIANCE"];

    private readonly HttpClient _gateway;

    private TwoParties(HttpClient gateway, Party insurer, Party delegated, string delegationId)
    {
        _gateway = gateway;
        Insurer = insurer;
        Delegate = delegated;
        DelegationId = delegationId;
    }

    public Party Insurer { get; }

    public Party Delegate { get; }

    public string DelegationId { get; }

    /// <summary>Registers both and lets the insurer invite the delegate.</summary>
    /// <param name="platform">The running platform.</param>
    /// <param name="language">What both read, <c>fr</c> or <c>en</c>.</param>
    public static async Task<TwoParties> MeetAsync(RunningPlatform platform, string language)
    {
        var gateway = platform.Application.CreateHttpClient("gateway", "http");
        var siren = MadeUpSiren.Next();
        var insurer = await RegisterAsync(platform, gateway, "demo-insurer", "MUTUAL", "Mutuelle d'essai", MadeUpSiren.Next(), language);
        var delegated = await RegisterAsync(platform, gateway, "demo-delegate", "DELEGATE", "Délégataire d'essai", siren, language);

        var draft = (await insurer.PostAsync("/v1/delegations", new
        {
            title = "Gestion santé",
            counterpart = new { legalName = "Délégataire d'essai", siren },
            referenceData = new
            {
                products = new[] { new { code = "SANTE", label = "Santé" } },
                populations = new[] { new { code = "ACTIFS", label = "Actifs" } },
            },
        })).Ok();
        var delegation = draft.Text("id")!;
        var code = (await insurer.PostAsync($"/v1/delegations/{delegation}:invite", new { email = "contact@example.org", displayName = "Contact" })).Ok().Text("code");
        Assert.Equal("OPEN", (await delegated.PostAsync("/v1/delegations:accept", new { code })).Ok().Text("state"));

        return new TwoParties(gateway, insurer, delegated, delegation);
    }

    public void Dispose() => _gateway.Dispose();

    private static async Task<Party> RegisterAsync(
        RunningPlatform platform, HttpClient gateway, string user, string kind, string legalName, string siren, string language)
    {
        var token = await DemoUser.TokenAsync(platform.Application.GetEndpoint("identity", "http"), user);
        var party = new Party(gateway, token, language);
        party.OrganizationId = (await party.PostAsync("/v1/organizations", new { kind, legalName, siren })).Ok().Text("id");

        var founder = (await party.GetAsync("/v1/members")).Ok().Json!["members"]!.AsArray().Single()!;
        var member = $"/v1/members/{founder["id"]}";
        (await party.PostAsync($"{member}:setRoles", new { roles = Roles }, (await party.GetAsync(member)).Etag)).Ok();
        return party;
    }
}
