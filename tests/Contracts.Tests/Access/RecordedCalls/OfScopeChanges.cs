using Dapper;
using Delegation.Access.V1;
using Delegation.Contracts.Tests.Negotiation;
using Delegation.Contracts.Tests.Scope;
using Delegation.Contracts.V1;
using Delegation.TestKit.Access;
using Npgsql;

namespace Delegation.Contracts.Tests.Access.RecordedCalls;

internal sealed class OfScopeChanges : IRecordedCalls
{
    public IEnumerable<RecordedCall> All =>
    [
        new(ScopeChanges.Descriptor, "ListIndicators", Who.AnyMember(), async scene => (await scene.RegisterAsync(), new ListIndicatorsRequest())),
        new(ScopeChanges.Descriptor, "GetScopeImpact", Who.AnyMember(), async scene =>
        {
            var (version, _, tpa) = await scene.ProposedScopeAsync();
            return (tpa, new GetScopeImpactRequest { DelegationId = version.DelegationId, ScopeVersionId = version.Id });
        }),
        new(ScopeChanges.Descriptor, "CompareScopeVersions", Who.AnyMember(), async scene =>
        {
            var (version, insurer, _) = await scene.ProposedScopeAsync();
            return (insurer, new CompareScopeVersionsRequest { DelegationId = version.DelegationId, FormerVersionId = version.Id, LatterVersionId = version.Id });
        }),
        new(ScopeChanges.Descriptor, "ProposeScopeAmendment", Who.Members(Role.DelegationManager, Role.Legal), async scene =>
        {
            var (delegation, insurer, tpa) = await scene.OpenCoveredDelegationAsync();
            await scene.ValidatedScopeAsync(delegation, insurer, tpa, ScopeOccasion.Conclusion, Lines.Of("RAT", "RA/I"));
            await scene.ValidatedScopeAsync(delegation, insurer, tpa, ScopeOccasion.Scoping, Lines.Of("RAT", "A/R"));
            var contract = await new Negotiations.NegotiationsClient(scene.As(insurer)).CreateContractAsync(Texts.Draft(delegation.Id), deadline: People.Deadline);
            await using var connection = new NpgsqlConnection(scene.Database.AdminConnectionString);
            await connection.ExecuteAsync(
                "UPDATE contract SET state = 'agreed', open_time = create_time, agree_time = create_time WHERE contract_id = @id", new { id = Guid.Parse(contract.Id) });
            return (tpa, new ProposeScopeAmendmentRequest { DelegationId = delegation.Id, ContractId = contract.Id, Title = "Avenant n° 1" });
        }),
    ];
}

/// <summary>What calls about changes of scopes need around them.</summary>
internal static class PreparingScopeChanges
{
    /// <summary>A version that both sides validated.</summary>
    public static async Task<ScopeVersion> ValidatedScopeAsync(
        this Scene scene, V1.Delegation delegation, Actor insurer, Actor tpa, ScopeOccasion occasion, params ScopeLine[] lines)
    {
        var request = new CreateScopeVersionRequest { DelegationId = delegation.Id, Occasion = occasion, EffectiveDay = "2026-01-01", Lines = { lines } };
        var proposed = await new Scopes.ScopesClient(scene.As(insurer)).CreateScopeVersionAsync(request, deadline: People.Deadline);
        await new Scopes.ScopesClient(scene.As(insurer)).ValidateScopeVersionAsync(Agreement.Validation(proposed), deadline: People.Deadline);
        return await new Scopes.ScopesClient(scene.As(tpa)).ValidateScopeVersionAsync(Agreement.Validation(proposed), deadline: People.Deadline);
    }
}
