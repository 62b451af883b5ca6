using Dapper;
using Delegation.Contracts.Tests.Delegations;
using Delegation.Contracts.V1;
using Npgsql;

namespace Delegation.Contracts.Tests.Scope;

/// <summary>An open delegation of two organisations of a test's own, each with a person who may do everything, and their calls.</summary>
internal sealed class Agreement
{
    private static readonly string[] AllRoles = ["administrator", "delegation_manager", "signatory", "legal"];

    private readonly ContractsHost _host;

    private Agreement(ContractsHost host, TwoParties parties, V1.Delegation delegation) => (_host, Parties, Delegation) = (host, parties, delegation);

    public TwoParties Parties { get; }

    public V1.Delegation Delegation { get; }

    public static DateTime Deadline => TwoParties.Deadline;

    public static ReferenceData Reference => new()
    {
        Products = { new Product { Code = "BASE", Label = "Base" }, new Product { Code = "OPTION", Label = "Option" } },
        Populations = { new Population { Code = "CADRES", Label = "Cadres" }, new Population { Code = "RETRAITES", Label = "Retraités" } },
    };

    public static async Task<Agreement> OpenAsync(ContractsHost host, ReferenceData? data = null)
    {
        var parties = await TwoParties.RegisterAsync(host);
        await GiveRolesAsync(host, parties.InsurerSubject);
        await GiveRolesAsync(host, parties.DelegateSubject);
        return new Agreement(host, parties, await parties.OpenAsync(data ?? Reference));
    }

    /// <summary>Another delegation of the same two.</summary>
    public async Task<Agreement> OpenAnotherAsync() => new(_host, Parties, await Parties.OpenAsync(Reference));

    /// <summary>A delegation of the same insurer with another delegate.</summary>
    public async Task<Agreement> OpenWithAnotherDelegateAsync()
    {
        var other = await Parties.WithAnotherDelegateAsync();
        await GiveRolesAsync(_host, other.DelegateSubject);
        return new Agreement(_host, other, await other.OpenAsync(Reference));
    }

    public V1.Scopes.ScopesClient Scopes(bool insurer = true) => new(_host.As(insurer ? Parties.InsurerSubject : Parties.DelegateSubject));

    public V1.Letters.LettersClient Letters(bool insurer = true) => new(_host.As(insurer ? Parties.InsurerSubject : Parties.DelegateSubject));

    public V1.Titles.TitlesClient Titles(bool insurer = true) => new(_host.As(insurer ? Parties.InsurerSubject : Parties.DelegateSubject));

    public CreateScopeVersionRequest Proposal(params ScopeLine[] lines) => new()
    {
        DelegationId = Delegation.Id,
        Occasion = ScopeOccasion.Conclusion,
        EffectiveDay = "2026-01-01",
        Template = lines.Length == 0 ? ScopeTemplateCode.BenefitsOnly : ScopeTemplateCode.Unspecified,
        Lines = { lines },
    };

    public async Task<ScopeVersion> ProposeAsync(params ScopeLine[] lines) => await Scopes().CreateScopeVersionAsync(Proposal(lines), deadline: Deadline);

    public async Task<ScopeVersion> ValidateAsync(ScopeVersion version, bool insurer) => await Scopes(insurer).ValidateScopeVersionAsync(Validation(version), deadline: Deadline);

    public async Task<ScopeVersion> ValidateAsync(ScopeVersion version)
    {
        await ValidateAsync(version, insurer: true);
        return await ValidateAsync(version, insurer: false);
    }

    public static ValidateScopeVersionRequest Validation(ScopeVersion version) => new() { DelegationId = version.DelegationId, ScopeVersionId = version.Id, Etag = version.Etag };

    public async Task<ScopeVersion> ReadAsync(ScopeVersion version) => await Scopes().GetScopeVersionAsync(
        new GetScopeVersionRequest { DelegationId = version.DelegationId, ScopeVersionId = version.Id }, deadline: Deadline);

    /// <summary>How many rows a table of the service has.</summary>
    public async Task<long> CountAsync(string table)
    {
        await using var connection = new NpgsqlConnection(_host.Database.AdminConnectionString);
        return await connection.ExecuteScalarAsync<long>($"SELECT count(*) FROM {table}");
    }

    private static async Task GiveRolesAsync(ContractsHost host, string subject)
    {
        await using var connection = new NpgsqlConnection(host.Database.AdminConnectionString);
        await connection.ExecuteAsync("UPDATE member SET roles = @AllRoles, revision = revision + 1 WHERE subject = @subject", new { AllRoles, subject });
    }
}
