using Delegation.Contracts.Tests.LetterOfEngagement;
using Delegation.Contracts.Tests.Scope;
using Delegation.Contracts.V1;
using Google.Api;
using Grpc.Core;

namespace Delegation.Contracts.Tests.Contracting;

/// <summary>A delegation with everything that a contract needs to be concluded, and the calls that conclude one.</summary>
internal sealed class Conclusion
{
    private readonly ContractsHost _host;

    private Conclusion(ContractsHost host, Agreement agreement) => (_host, Agreement) = (host, agreement);

    public Agreement Agreement { get; }

    public V1.Delegation Delegation => Agreement.Delegation;

    public ScopeVersion Scope { get; private set; } = new();

    private static DateTime Deadline => People.Deadline;

    /// <param name="host">The service.</param>
    /// <param name="complete">Whether evidence, annexes and scope are there.</param>
    public static async Task<Conclusion> OpenAsync(ContractsHost host, bool complete = true)
    {
        var conclusion = new Conclusion(host, await Agreement.OpenAsync(host));
        if (!complete)
            return conclusion;

        await Prepared.AnnexesAsync(host.Database.AdminConnectionString, conclusion.Delegation);
        await Prepared.EvidenceAsync(host.Database.AdminConnectionString, conclusion.Delegation);
        conclusion.Scope = await conclusion.Agreement.ValidateAsync(
            await conclusion.Agreement.ProposeAsync(Lines.Of("PRE", "A/R"), Lines.Of("RAT", "A/", toBeDecided: true), Lines.Of("COT", "RA/I")));
        return conclusion;
    }

    public static ContractDuration Duration(int term = 36, int renewal = 12, int runOff = 27) => new()
    {
        TermMonths = term, RenewalMonths = renewal, NoticeMonthsInsurer = 6, NoticeMonthsDelegate = 12, NoticeMonthsCause = 3, TransitionMonths = 6, RunOffMonths = runOff,
    };

    public static StandardContract Standard(params string[] open) => new()
    {
        Values =
        {
            new[] { ("liability_cap", "2 000 000"), ("data_liability_cap", "5 000 000"), ("insurance_amount", "10 000 000"), ("court_city", "Paris") }
                .Where(value => !open.Contains(value.Item1)).Select(value => new ParameterValue { Name = value.Item1, Value = value.Item2 }),
        },
    };

    public Negotiations.NegotiationsClient Texts(bool insurer = true) => new(As(insurer));

    public V1.Contracting.ContractingClient Contracts(bool insurer = true) => new(As(insurer));

    /// <summary>The standard contract, agreed on by all departments.</summary>
    public async Task<Contract> AgreeAsync(string effective = "", ContractDuration? duration = null) => await AgreeAsync(new CreateContractRequest
    {
        DelegationId = Delegation.Id,
        Terms = new ContractTerms { Title = "Contrat de délégation de gestion", EffectiveDay = effective.Length == 0 ? LetterCalls.Today : effective, Duration = duration },
        Standard = Standard(),
    });

    /// <summary>An amendment with these clauses, agreed on by all departments.</summary>
    public async Task<Contract> AgreeAmendmentAsync(Contract contract, string effective, ContractDuration? duration = null, params ContractClause[] clauses) => await AgreeAsync(new CreateContractRequest
    {
        DelegationId = Delegation.Id,
        AmendsContractId = contract.Id,
        Terms = new ContractTerms { Title = "Avenant", EffectiveDay = effective, Duration = duration },
        Clauses = { clauses },
    });

    public async Task<Contract> AgreeAsync(CreateContractRequest request)
    {
        var draft = await Texts().CreateContractAsync(request, deadline: Deadline);
        var open = await Texts().OpenNegotiationAsync(new OpenNegotiationRequest { DelegationId = Delegation.Id, ContractId = draft.Id, Etag = draft.Etag }, deadline: Deadline);
        await Prepared.AgreeAsync(_host.Database.AdminConnectionString, open);
        return await ReadAsync(open);
    }

    public async Task<Contract> ReadAsync(Contract contract, bool insurer = true) =>
        await Texts(insurer).GetContractAsync(new GetContractRequest { DelegationId = Delegation.Id, ContractId = contract.Id }, deadline: Deadline);

    public static IssueContractRequest Issue(Contract contract, SigningOrder order = SigningOrder.Unspecified) => new()
    {
        DelegationId = contract.DelegationId, ContractId = contract.Id, SigningOrder = order, Etag = contract.Etag,
    };

    public async Task<Contract> IssueAsync(Contract contract, SigningOrder order = SigningOrder.Unspecified) =>
        await Contracts().IssueContractAsync(Issue(contract, order), deadline: Deadline);

    public static SignContractRequest Signature(Contract contract) => new()
    {
        DelegationId = contract.DelegationId, ContractId = contract.Id, DocumentSha256 = contract.Conclusion?.DocumentSha256 ?? new string('0', 64),
    };

    public async Task<Contract> SignAsync(Contract contract, bool insurer) => await Contracts(insurer).SignContractAsync(Signature(contract), deadline: Deadline);

    /// <summary>Issues what is agreed, and both sides sign it.</summary>
    public async Task<Contract> ConcludeAsync(Contract agreed)
    {
        var issued = await IssueAsync(agreed);
        await SignAsync(issued, insurer: true);
        return await SignAsync(issued, insurer: false);
    }

    public static TerminateContractRequest End(Contract contract, string lastDay, TerminationGround ground = TerminationGround.WithNotice, string comment = "") => new()
    {
        DelegationId = contract.DelegationId, ContractId = contract.Id, Ground = ground, LastDay = lastDay, Comment = comment, Etag = contract.Etag,
    };

    public static TerminateByConsentRequest Consent(Contract contract, string lastDay, string transitionEndDay = "", string comment = "") => new()
    {
        DelegationId = contract.DelegationId, ContractId = contract.Id, LastDay = lastDay, TransitionEndDay = transitionEndDay, Comment = comment, Etag = contract.Etag,
    };

    public static DeclineTerminationRequest Decline(Contract contract, string comment = "") => new()
    {
        DelegationId = contract.DelegationId, ContractId = contract.Id, Comment = comment, Etag = contract.Etag,
    };

    public async Task<Contract> ConsentAsync(Contract contract, bool insurer, string lastDay, string transitionEndDay = "", string comment = "") =>
        await Contracts(insurer).TerminateByConsentAsync(Consent(contract, lastDay, transitionEndDay, comment), deadline: Deadline);

    public async Task<byte[]> DownloadAsync(Contract contract, bool insurer = true)
    {
        using var call = Contracts(insurer).DownloadContract(new DownloadContractRequest { DelegationId = contract.DelegationId, ContractId = contract.Id }, deadline: Deadline);
        return await BytesAsync(call);
    }

    public async Task<byte[]> CertificateAsync(Contract contract, bool insurer = true)
    {
        using var call = Contracts(insurer).DownloadCertificate(new DownloadCertificateRequest { DelegationId = contract.DelegationId, ContractId = contract.Id }, deadline: Deadline);
        return await BytesAsync(call);
    }

    public async Task<TitleAnswer> TitleAsync(string day) => await Agreement.Titles().GetTitleAsync(new GetTitleRequest { DelegationId = Delegation.Id, Day = day }, deadline: Deadline);

    private static async Task<byte[]> BytesAsync(AsyncServerStreamingCall<HttpBody> call)
    {
        using var bytes = new MemoryStream();
        await foreach (var part in call.ResponseStream.ReadAllAsync())
            part.Data.WriteTo(bytes);
        return bytes.ToArray();
    }

    private CallInvoker As(bool insurer) => _host.As(insurer ? Agreement.Parties.InsurerSubject : Agreement.Parties.DelegateSubject);
}
