using Delegation.Contracts.Delegations;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.V1;
using Delegation.Documents;
using Delegation.Persistence.Access;
using Delegation.Persistence.Commands;
using Delegation.Persistence.Files;
using Delegation.Persistence.Journal;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Delegation.ServiceDefaults.Time;
using Google.Api;
using Grpc.Core;

namespace Delegation.Contracts.Contracting;

/// <summary>The rpcs of <c>delegation.contracts.v1.Contracting</c>: read, decide, save, answer. What each means is in the contract.</summary>
internal sealed class ContractingService(CommandRunner commands, ContractingCommands contracts, TenantSessions sessions, TimeProvider clock) : V1.Contracting.ContractingBase
{
    private const string Pdf = "application/pdf";

    public override Task<Contract> IssueContract(IssueContractRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => contracts.IssueAsync(session, request, cancellationToken));

    public override Task<Contract> SignContract(SignContractRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => contracts.SignAsync(session, request, cancellationToken));

    public override Task<Contract> RecallContract(RecallContractRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => contracts.RecallAsync(session, request, cancellationToken));

    public override Task<Contract> TerminateContract(TerminateContractRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => contracts.TerminateAsync(session, request, cancellationToken));

    public override Task<Contract> TerminateByConsent(TerminateByConsentRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => contracts.TerminateByConsentAsync(session, request, cancellationToken));

    public override Task<Contract> DeclineTermination(DeclineTerminationRequest request, ServerCallContext context) =>
        commands.RunAsync(request, context, (session, cancellationToken) => contracts.DeclineTerminationAsync(session, request, cancellationToken));

    public override async Task DownloadContract(DownloadContractRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        var (_, found) = await FindAsync(request.DelegationId, request.ContractId, context);
        var contract = (found.DocumentId is null ? ContractingRefusals.WithoutDocument<ContractRow>() : new Outcome<ContractRow>.Accepted(found)).ValueOrStatus();
        var party = new FileParty(contract.OwnerId, contract.DelegationId, contract.DelegateId, Visibility.Both);
        var parts = sessions.ReadFileAsync(context.Caller(), party, contract.DocumentId!.Value, context.CancellationToken);
        await responseStream.SendAsync(context, $"contrat-{contract.Number}-{contract.Id}.pdf", Pdf, parts);
    }

    public override async Task DownloadCertificate(DownloadCertificateRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        var (delegation, found) = await FindAsync(request.DelegationId, request.ContractId, context);
        var contract = (found.InForceTime is null ? ContractingRefusals.NotSigned<ContractRow>() : new Outcome<ContractRow>.Accepted(found)).ValueOrStatus();
        var file = PdfFile.Of(CertificatePages.Of(contract, delegation));
        await responseStream.SendAsync(context, $"certificat-{contract.Number}-{contract.Id}.pdf", Pdf, new[] { file.Bytes.ToArray() }.ToAsyncEnumerable());
    }

    public override async Task<ConsolidatedContract> GetConsolidatedContract(GetConsolidatedContractRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var delegationId = IdField.Read("delegation_id", request.DelegationId, violations);
        var contractId = IdField.Read("contract_id", request.ContractId, violations);
        var day = DayField.ReadOptional("day", request.Day, violations) ?? ParisDays.DayAt(clock.GetUtcNow());
        violations.RefuseIfAny();

        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var delegation = (await session.FindSharedDelegationAsync(delegationId!.Value, context.CancellationToken)).ValueOrStatus();
        var read = await ConsolidatedText.ReadAsync(session, delegation, contractId!.Value, day, context.CancellationToken);
        var text = (read is null ? NegotiationRefusals.NotFound<ConsolidatedText>() : new Outcome<ConsolidatedText>.Accepted(read)).ValueOrStatus();
        return new ConsolidatedContract
        {
            DelegationId = delegation.Id.ToString(),
            ContractId = text.ContractId.ToString(),
            Day = DayField.Write(day),
            AmendmentIds = { text.AmendmentIds.Select(id => id.ToString()) },
            Clauses = { text.Clauses.Select(clause => clause.ToMessage(clause.ContractId)) },
        };
    }

    private async Task<(SharedDelegation Delegation, ContractRow Contract)> FindAsync(string delegationId, string contractId, ServerCallContext context)
    {
        await using var session = await sessions.OpenAsync(context.Caller(), context.CancellationToken);
        var contract = (await Negotiating.FindAsync(session, delegationId, contractId, context.CancellationToken)).ValueOrStatus();
        return ((await session.FindSharedDelegationAsync(contract.DelegationId, context.CancellationToken)).ValueOrStatus(), contract);
    }
}
