extern alias contracts;

using System.Globalization;
using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Time;
using Delegation.TestKit;
using Delegation.TestKit.Hosting;
using Npgsql;
using Kind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Services.Tests;

/// <summary>An insurer and a delegate, and what they agree on first.</summary>
internal static class Beginnings
{
    public const string Insurer = "claire";
    public const string Delegate = "karim";

    private static DateTime Deadline => DateTime.UtcNow.AddSeconds(20);

    /// <summary>From registration to the day on which other services know of it.</summary>
    public static async Task<string> OpenDelegationAsync(this ServiceHost<contracts::Program> host, params TestDatabase[] copies)
    {
        await host.RegisterAsync(Insurer, Kind.Mutual, "MGEN", "775685399");
        await host.RegisterAsync(Delegate, Kind.Delegate, "Gestion Santé", "552100554");
        var draft = await new Contracts.V1.Delegations.DelegationsClient(host.As(Insurer)).CreateDelegationAsync(
            new CreateDelegationRequest
            {
                Title = "Santé collective",
                Counterpart = new Counterpart { LegalName = "Gestion Santé", Siren = "552100554" },
                ReferenceData = new ReferenceData
                {
                    Products = { new Product { Code = "BASE", Label = "Base" } }, Populations = { new Population { Code = "CADRES", Label = "Cadres" } },
                },
            },
            deadline: Deadline);
        var invited = await new Invitations.InvitationsClient(host.As(Insurer)).CreateDelegationInvitationAsync(
            new CreateDelegationInvitationRequest { DelegationId = draft.Id }, deadline: Deadline);
        await new Invitations.InvitationsClient(host.As(Delegate)).AcceptDelegationAsync(new AcceptDelegationRequest { Code = invited.Code }, deadline: Deadline);

        foreach (var copy in copies)
        {
            await using var connection = new NpgsqlConnection(copy.AdminConnectionString);
            await Eventually.Async(async () => await connection.ExecuteScalarAsync<long>(
                "SELECT (SELECT count(*) FROM delegation WHERE revision > 0) * (SELECT count(*) FROM membership WHERE 'project_lead' = ANY (roles))") == 2);
        }

        return draft.Id;
    }

    private static async Task RegisterAsync(this ServiceHost<contracts::Program> host, string subject, Kind kind, string name, string siren)
    {
        await new Organizations.OrganizationsClient(host.As(subject)).RegisterOrganizationAsync(
            new RegisterOrganizationRequest { Kind = kind, LegalName = name, Siren = siren }, deadline: Deadline);
        var members = new Members.MembersClient(host.As(subject));
        var founder = (await members.ListMembersAsync(new ListMembersRequest(), deadline: Deadline)).Members.Single();
        await members.SetMemberRolesAsync(
            new SetMemberRolesRequest { MemberId = founder.Id, Roles = { Role.Administrator, Role.DelegationManager, Role.Signatory, Role.ProjectLead }, Etag = founder.Etag },
            deadline: Deadline);
    }

    /// <summary>A letter of engagement that both sides sign, for four months from today on.</summary>
    public static async Task<Letter> SignLetterAsync(this ServiceHost<contracts::Program> host, string delegationId)
    {
        Scopes.ScopesClient[] scopes = [new(host.As(Insurer)), new(host.As(Delegate))];
        Letters.LettersClient[] letters = [new(host.As(Insurer)), new(host.As(Delegate))];
        var scope = await scopes[0].CreateScopeVersionAsync(
            new CreateScopeVersionRequest
            {
                DelegationId = delegationId, Occasion = ScopeOccasion.Conclusion, EffectiveDay = "2026-01-01", Template = ScopeTemplateCode.BenefitsOnly,
            },
            deadline: Deadline);
        foreach (var side in scopes)
            scope = await side.ValidateScopeVersionAsync(
                new ValidateScopeVersionRequest { DelegationId = delegationId, ScopeVersionId = scope.Id, Etag = scope.Etag }, deadline: Deadline);

        var today = ParisDays.DayAt(DateTimeOffset.UtcNow);
        var letter = await letters[0].CreateLetterAsync(
            new CreateLetterRequest
            {
                DelegationId = delegationId,
                ScopeVersionId = scope.Id,
                SuggestedTerms = true,
                FeeCap = new Money { MinorUnits = 12_000_050, Currency = "EUR" },
                EffectiveDay = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                EndDay = today.AddDays(120).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            },
            deadline: Deadline);
        letter = await letters[0].IssueLetterAsync(new IssueLetterRequest { DelegationId = delegationId, LetterId = letter.Id, Etag = letter.Etag }, deadline: Deadline);
        foreach (var side in letters)
            letter = await side.SignLetterAsync(
                new SignLetterRequest { DelegationId = delegationId, LetterId = letter.Id, TextSha256 = letter.TextSha256 }, deadline: Deadline);

        return letter;
    }
}
