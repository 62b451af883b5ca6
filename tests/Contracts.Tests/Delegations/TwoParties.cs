using Dapper;
using Delegation.Contracts.V1;
using Grpc.Core;
using Npgsql;
using Kind = Delegation.Contracts.V1.Organization.Types.Kind;

namespace Delegation.Contracts.Tests.Delegations;

/// <summary>An insurer and a delegate of a test's own, each with one person who administers it, and what they do together.</summary>
internal sealed class TwoParties
{
    private readonly ContractsHost _host;

    private TwoParties(ContractsHost host, Organization insurer, Organization tpa, string insurerSubject, string tpaSubject)
    {
        _host = host;
        (Insurer, Delegate) = (insurer, tpa);
        (OfInsurer, OfDelegate) = (new(host.As(insurerSubject)), new(host.As(tpaSubject)));
        (InsurerSubject, DelegateSubject) = (insurerSubject, tpaSubject);
    }

    public Organization Insurer { get; }

    public Organization Delegate { get; }

    public string InsurerSubject { get; }

    public string DelegateSubject { get; }

    public V1.Delegations.DelegationsClient OfInsurer { get; }

    public V1.Delegations.DelegationsClient OfDelegate { get; }

    public static DateTime Deadline => DateTime.UtcNow.AddSeconds(20);

    public static async Task<TwoParties> RegisterAsync(ContractsHost host)
    {
        var (insurer, tpa) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        return new TwoParties(
            host, await RegisterAsync(host, insurer, Kind.Mutual, "MGEN", "775685399"), await RegisterAsync(host, tpa, Kind.Delegate, "Gestion Santé", "552100554"), insurer, tpa);
    }

    public static async Task<Organization> RegisterAsync(ContractsHost host, string subject, Kind kind, string name, string siren) =>
        await new V1.Organizations.OrganizationsClient(host.As(subject)).RegisterOrganizationAsync(
            new RegisterOrganizationRequest { Kind = kind, LegalName = name, Siren = siren }, deadline: Deadline);

    /// <summary>The same insurer, with another delegate.</summary>
    public async Task<TwoParties> WithAnotherDelegateAsync()
    {
        var subject = Guid.NewGuid().ToString();
        return new TwoParties(_host, Insurer, await RegisterAsync(_host, subject, Kind.Delegate, "Autre gestion", "552081317"), InsurerSubject, subject);
    }

    public V1.Delegations.DelegationsClient Of(bool insurer) => insurer ? OfInsurer : OfDelegate;

    /// <summary>A draft of one side that names the other.</summary>
    public CreateDelegationRequest Draft(bool byInsurer, ReferenceData? data = null) => new()
    {
        Title = "Santé collective",
        Counterpart = byInsurer
            ? new Counterpart { LegalName = Delegate.LegalName, Siren = Delegate.Siren }
            : new Counterpart { LegalName = Insurer.LegalName, Siren = Insurer.Siren },
        ReferenceData = data,
    };

    public async Task<V1.Delegation> CreateAsync(bool byInsurer = true, ReferenceData? data = null) =>
        await Of(byInsurer).CreateDelegationAsync(Draft(byInsurer, data), deadline: Deadline);

    /// <summary>The other side accepts, as the redeeming of an invitation does it.</summary>
    public async Task<V1.Delegation> OpenAsync(V1.Delegation draft)
    {
        var inviter = Guid.Parse(draft.Insurer.OrganizationId is { Length: > 0 } id ? id : draft.Delegate.OrganizationId);
        var invitee = Guid.Parse(inviter.ToString() == Insurer.Id ? Delegate.Id : Insurer.Id);
        await using (var connection = new NpgsqlConnection(_host.Database.AdminConnectionString))
            await connection.ExecuteAsync(
                "SELECT open_delegation(@inviter, @id, @invitee, @at)", new { inviter, id = Guid.Parse(draft.Id), invitee, at = DateTime.UtcNow });

        return await OfInsurer.GetDelegationAsync(new GetDelegationRequest { DelegationId = draft.Id }, deadline: Deadline);
    }

    /// <summary>A delegation that is open.</summary>
    public async Task<V1.Delegation> OpenAsync(ReferenceData? data = null) => await OpenAsync(await CreateAsync(data: data));

    /// <summary>The delegation as it is, to be changed.</summary>
    public static UpdateDelegationRequest Whole(V1.Delegation delegation) => new()
    {
        DelegationId = delegation.Id,
        Title = delegation.Title,
        Counterpart = delegation.State != V1.Delegation.Types.State.Draft ? null
            : delegation.Insurer.OrganizationId.Length > 0 ? new Counterpart { LegalName = delegation.Delegate.LegalName, Siren = delegation.Delegate.Siren }
            : new Counterpart { LegalName = delegation.Insurer.LegalName, Siren = delegation.Insurer.Siren },
        ReferenceData = delegation.ReferenceData,
        PlannedStartDay = delegation.PlannedStartDay,
        Etag = delegation.Etag,
    };

    public static ReferenceData Contracts(params (string Number, string Start, string End)[] contracts) => new()
    {
        InsurerContracts = { contracts.Select(contract => new InsurerContract { Number = contract.Number, StartDay = contract.Start, EndDay = contract.End }) },
    };

    /// <summary>A call that is refused.</summary>
    public static async Task<RpcException> RefusedAsync<T>(AsyncUnaryCall<T> call) => await Assert.ThrowsAsync<RpcException>(async () => await call);
}
