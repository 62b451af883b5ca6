using System.Globalization;
using Aspire.Hosting.Testing;
using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>A mutual and a delegate with a delegation that is open to both; each story has its own.</summary>
internal sealed class TwoParties : IDisposable
{
    private static readonly string[] Roles =
    [
        "ROLE_ADMINISTRATOR", "ROLE_DELEGATION_MANAGER", "ROLE_PROJECT_LEAD", "ROLE_SIGNATORY",
        "ROLE_LEGAL", "ROLE_PURCHASING", "ROLE_OPERATIONS", "ROLE_COMPLIANCE",
    ];

    private readonly HttpClient _gateway;
    private readonly Uri _issuer;
    private readonly string _language;

    private TwoParties(HttpClient gateway, Uri issuer, string language, Party insurer, Party delegated, string delegationId)
    {
        _gateway = gateway;
        _issuer = issuer;
        _language = language;
        Insurer = insurer;
        Delegate = delegated;
        DelegationId = insurer.DelegationId = delegated.DelegationId = delegationId;
    }

    /// <summary>Claire Martin of the mutual, who has all roles of the story there.</summary>
    public Party Insurer { get; }

    /// <summary>Karim Benali of the delegate, who has all roles of the story there.</summary>
    public Party Delegate { get; }

    public string DelegationId { get; }

    /// <summary>Where the delegation is.</summary>
    public string Path => $"/v1/delegations/{DelegationId}";

    /// <summary>A day as the platform counts them, in Paris.</summary>
    public static string Day(int fromToday) => DateOnly
        .FromDateTime(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(DateTime.UtcNow, "Europe/Paris")).AddDays(fromToday)
        .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Registers both and lets the insurer invite the delegate.</summary>
    /// <param name="platform">The running platform.</param>
    /// <param name="language">What both read, <c>fr</c> or <c>en</c>.</param>
    public static Task<TwoParties> MeetAsync(RunningPlatform platform, string language) => MeetAsync(
        platform.Application.CreateHttpClient("gateway", "http"), platform.Application.GetEndpoint("identity", "http"), language);

    /// <summary>The same on a platform at these addresses.</summary>
    public static async Task<TwoParties> MeetAsync(HttpClient gateway, Uri issuer, string language)
    {
        var siren = MadeUpSiren.Next();
        var insurer = await RegisterAsync(gateway, issuer, "demo-insurer", "MUTUAL", "Mutuelle d'essai", MadeUpSiren.Next(), language);
        var delegated = await RegisterAsync(gateway, issuer, "demo-delegate", "DELEGATE", "Délégataire d'essai", siren, language);

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

        // Another service learns of it a moment later, and of all that was before.
        await delegated.UntilAsync("/v1/portfolio", list => list.List("entries").Any(entry => (string)entry["delegationId"]! == delegation));
        return new TwoParties(gateway, issuer, language, insurer, delegated, delegation);
    }

    /// <summary>Lets a third person join the organisation of one of the two, with these roles there and no others.</summary>
    public async Task<Party> JoinAsync(Party inviter, params string[] roles)
    {
        var colleague = await AcceptAsync(inviter, roles);
        await colleague.UntilAsync("/v1/portfolio", list => list.Status == 200);
        return colleague;
    }

    /// <summary>Lets a third person join as an auditor, who can do nothing before a mission opens.</summary>
    public Task<Party> JoinAuditorAsync(Party inviter) => AcceptAsync(inviter, "ROLE_AUDITOR");

    public void Dispose() => _gateway.Dispose();

    private async Task<Party> AcceptAsync(Party inviter, params string[] roles)
    {
        var invited = (await inviter.PostAsync("/v1/members:invite", new { roles, email = "colleague@example.org", displayName = "Demo" })).Ok();
        var colleague = new Party(_gateway, await DemoUser.TokenAsync(_issuer, "demo"), _language) { DelegationId = DelegationId };
        (await colleague.PostAsync("/v1/memberships:accept", new { code = invited.Text("code"), displayName = "Demo" })).Ok();
        colleague.OrganizationId = inviter.OrganizationId;
        return colleague;
    }

    private static async Task<Party> RegisterAsync(
        HttpClient gateway, Uri issuer, string user, string kind, string legalName, string siren, string language)
    {
        var party = new Party(gateway, await DemoUser.TokenAsync(issuer, user), language);
        party.OrganizationId = (await party.PostAsync("/v1/organizations", new { kind, legalName, siren })).Ok().Text("id");

        var member = $"/v1/members/{await party.MemberIdAsync()}";
        (await party.ActAsync(member, "setRoles", new { roles = Roles })).Ok();
        return party;
    }
}
